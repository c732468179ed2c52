//! The registered domain of an outlet's address in; the name by which the outlet calls itself out.
//!
//! The table holds facts about well-known outlets of many countries. It is no list of all: an outlet that is not in it is known by what
//! its pages state, or by its bare domain.

/// Returns the name of the outlet that has a registered domain: `bbc.co.uk`.
pub fn name(domain: &str) -> Option<&'static str> {
    OUTLETS.iter().find(|(known, _)| domain.eq_ignore_ascii_case(known)).map(|(_, name)| *name)
}

/// Registered domains and the names of their outlets, by country.
#[rustfmt::skip]
const OUTLETS: &[(&str, &str)] = &[
    // Agencies
    ("reuters.com", "Reuters"), ("apnews.com", "AP News"), ("afp.com", "AFP"), ("dpa.com", "dpa"), ("bloomberg.com", "Bloomberg"), ("upi.com", "UPI"), ("efe.com", "EFE"), ("ansa.it", "ANSA"),
    ("tass.com", "TASS"), ("tass.ru", "ТАСС"), ("interfax.ru", "Интерфакс"), ("interfax.com.ua", "Інтерфакс-Україна"), ("ukrinform.ua", "Укрінформ"), ("ukrinform.net", "Ukrinform"), ("unian.ua", "УНІАН"), ("unian.net", "УНИАН"),
    ("pap.pl", "PAP"), ("apa.at", "APA"), ("xinhuanet.com", "Xinhua"), ("news.cn", "Xinhua"), ("kyodonews.net", "Kyodo News"), ("jiji.com", "Jiji Press"), ("aa.com.tr", "Anadolu Agency"), ("yna.co.kr", "Yonhap"), ("lusa.pt", "Lusa"),
    // United Kingdom and Ireland
    ("bbc.co.uk", "BBC"), ("bbc.com", "BBC"), ("theguardian.com", "The Guardian"), ("guardian.co.uk", "The Guardian"), ("telegraph.co.uk", "The Telegraph"), ("thetimes.co.uk", "The Times"), ("thetimes.com", "The Times"), ("independent.co.uk", "The Independent"),
    ("ft.com", "Financial Times"), ("economist.com", "The Economist"), ("dailymail.co.uk", "Daily Mail"), ("mirror.co.uk", "Mirror"), ("thesun.co.uk", "The Sun"), ("express.co.uk", "Express"), ("standard.co.uk", "Evening Standard"), ("metro.co.uk", "Metro"),
    ("sky.com", "Sky News"), ("itv.com", "ITV"), ("channel4.com", "Channel 4"), ("scotsman.com", "The Scotsman"), ("heraldscotland.com", "The Herald"), ("walesonline.co.uk", "WalesOnline"), ("newstatesman.com", "New Statesman"), ("spectator.co.uk", "The Spectator"),
    ("irishtimes.com", "The Irish Times"), ("independent.ie", "Irish Independent"), ("rte.ie", "RTÉ"), ("thejournal.ie", "The Journal"), ("irishexaminer.com", "Irish Examiner"),
    // United States and Canada
    ("nytimes.com", "The New York Times"), ("washingtonpost.com", "The Washington Post"), ("wsj.com", "The Wall Street Journal"), ("usatoday.com", "USA Today"), ("latimes.com", "Los Angeles Times"), ("chicagotribune.com", "Chicago Tribune"),
    ("bostonglobe.com", "The Boston Globe"), ("sfchronicle.com", "San Francisco Chronicle"), ("seattletimes.com", "The Seattle Times"), ("denverpost.com", "The Denver Post"), ("miamiherald.com", "Miami Herald"), ("dallasnews.com", "The Dallas Morning News"),
    ("houstonchronicle.com", "Houston Chronicle"), ("startribune.com", "Star Tribune"), ("inquirer.com", "The Philadelphia Inquirer"), ("mercurynews.com", "The Mercury News"), ("nypost.com", "New York Post"), ("nydailynews.com", "New York Daily News"),
    ("newsday.com", "Newsday"), ("csmonitor.com", "The Christian Science Monitor"), ("cnn.com", "CNN"), ("foxnews.com", "Fox News"), ("nbcnews.com", "NBC News"), ("cbsnews.com", "CBS News"), ("msnbc.com", "MSNBC"), ("cnbc.com", "CNBC"), ("npr.org", "NPR"),
    ("pbs.org", "PBS"), ("politico.com", "Politico"), ("politico.eu", "Politico Europe"), ("thehill.com", "The Hill"), ("axios.com", "Axios"), ("vox.com", "Vox"), ("slate.com", "Slate"), ("salon.com", "Salon"), ("theatlantic.com", "The Atlantic"), ("newyorker.com", "The New Yorker"),
    ("time.com", "Time"), ("newsweek.com", "Newsweek"), ("forbes.com", "Forbes"), ("fortune.com", "Fortune"), ("businessinsider.com", "Business Insider"), ("propublica.org", "ProPublica"), ("theintercept.com", "The Intercept"), ("motherjones.com", "Mother Jones"),
    ("huffpost.com", "HuffPost"), ("buzzfeednews.com", "BuzzFeed News"), ("thedailybeast.com", "The Daily Beast"), ("rollingstone.com", "Rolling Stone"), ("vice.com", "Vice"), ("wired.com", "Wired"), ("theverge.com", "The Verge"), ("arstechnica.com", "Ars Technica"),
    ("techcrunch.com", "TechCrunch"), ("nationalgeographic.com", "National Geographic"), ("scientificamerican.com", "Scientific American"), ("voanews.com", "Voice of America"), ("rferl.org", "Radio Free Europe/Radio Liberty"), ("foreignpolicy.com", "Foreign Policy"),
    ("cbc.ca", "CBC"), ("theglobeandmail.com", "The Globe and Mail"), ("thestar.com", "Toronto Star"), ("nationalpost.com", "National Post"), ("globalnews.ca", "Global News"), ("ctvnews.ca", "CTV News"), ("lapresse.ca", "La Presse"), ("ledevoir.com", "Le Devoir"),
    // Germany, Austria, Switzerland
    ("spiegel.de", "Der Spiegel"), ("zeit.de", "Die Zeit"), ("sueddeutsche.de", "Süddeutsche Zeitung"), ("faz.net", "Frankfurter Allgemeine Zeitung"), ("welt.de", "Die Welt"), ("taz.de", "taz"), ("bild.de", "Bild"), ("stern.de", "Stern"), ("focus.de", "Focus"),
    ("tagesschau.de", "tagesschau"), ("zdf.de", "ZDF"), ("zdfheute.de", "ZDFheute"), ("n-tv.de", "n-tv"), ("rtl.de", "RTL"), ("dw.com", "Deutsche Welle"), ("deutschlandfunk.de", "Deutschlandfunk"), ("ndr.de", "NDR"), ("wdr.de", "WDR"), ("br.de", "BR"), ("mdr.de", "MDR"),
    ("swr.de", "SWR"), ("rbb24.de", "rbb24"), ("hessenschau.de", "hessenschau"), ("tagesspiegel.de", "Der Tagesspiegel"), ("berliner-zeitung.de", "Berliner Zeitung"), ("morgenpost.de", "Berliner Morgenpost"), ("fr.de", "Frankfurter Rundschau"), ("handelsblatt.com", "Handelsblatt"),
    ("wiwo.de", "WirtschaftsWoche"), ("manager-magazin.de", "manager magazin"), ("capital.de", "Capital"), ("heise.de", "heise online"), ("golem.de", "Golem"), ("netzpolitik.org", "netzpolitik.org"), ("correctiv.org", "Correctiv"), ("abendblatt.de", "Hamburger Abendblatt"), ("mopo.de", "Hamburger Morgenpost"),
    ("stuttgarter-zeitung.de", "Stuttgarter Zeitung"), ("merkur.de", "Münchner Merkur"), ("rp-online.de", "Rheinische Post"), ("waz.de", "WAZ"), ("ksta.de", "Kölner Stadt-Anzeiger"), ("express.de", "Express"), ("haz.de", "Hannoversche Allgemeine"), ("lvz.de", "Leipziger Volkszeitung"), ("saechsische.de", "Sächsische Zeitung"),
    ("freitag.de", "der Freitag"), ("jungle.world", "Jungle World"), ("nd-aktuell.de", "nd"), ("jungewelt.de", "junge Welt"), ("jungefreiheit.de", "Junge Freiheit"), ("cicero.de", "Cicero"), ("spektrum.de", "Spektrum der Wissenschaft"), ("t-online.de", "t-online"), ("nordkurier.de", "Nordkurier"),
    ("derstandard.at", "Der Standard"), ("diepresse.com", "Die Presse"), ("orf.at", "ORF"), ("kurier.at", "Kurier"), ("krone.at", "Kronen Zeitung"), ("kleinezeitung.at", "Kleine Zeitung"), ("falter.at", "Falter"), ("profil.at", "profil"), ("wienerzeitung.at", "Wiener Zeitung"), ("heute.at", "Heute"),
    ("salzburg24.at", "Salzburg24"), ("tt.com", "Tiroler Tageszeitung"), ("sn.at", "Salzburger Nachrichten"), ("nachrichten.at", "OÖNachrichten"), ("furche.at", "Die Furche"), ("nzz.ch", "Neue Zürcher Zeitung"), ("tagesanzeiger.ch", "Tages-Anzeiger"), ("srf.ch", "SRF"), ("swissinfo.ch", "Swissinfo"),
    ("blick.ch", "Blick"), ("20min.ch", "20 Minuten"), ("watson.ch", "watson"), ("woz.ch", "WOZ"), ("republik.ch", "Republik"), ("letemps.ch", "Le Temps"), ("rts.ch", "RTS"), ("rsi.ch", "RSI"), ("bernerzeitung.ch", "Berner Zeitung"), ("derbund.ch", "Der Bund"), ("luzernerzeitung.ch", "Luzerner Zeitung"),
    // France, Belgium, Netherlands, Luxembourg
    ("lemonde.fr", "Le Monde"), ("lefigaro.fr", "Le Figaro"), ("liberation.fr", "Libération"), ("leparisien.fr", "Le Parisien"), ("lesechos.fr", "Les Échos"), ("mediapart.fr", "Mediapart"), ("lexpress.fr", "L’Express"), ("lepoint.fr", "Le Point"), ("nouvelobs.com", "Le Nouvel Obs"), ("la-croix.com", "La Croix"),
    ("humanite.fr", "L’Humanité"), ("20minutes.fr", "20 Minutes"), ("francetvinfo.fr", "franceinfo"), ("france24.com", "France 24"), ("rfi.fr", "RFI"), ("bfmtv.com", "BFM TV"), ("ouest-france.fr", "Ouest-France"), ("sudouest.fr", "Sud Ouest"), ("ladepeche.fr", "La Dépêche"), ("courrierinternational.com", "Courrier international"),
    ("lesoir.be", "Le Soir"), ("lalibre.be", "La Libre Belgique"), ("rtbf.be", "RTBF"), ("vrt.be", "VRT"), ("standaard.be", "De Standaard"), ("demorgen.be", "De Morgen"), ("hln.be", "Het Laatste Nieuws"), ("nrc.nl", "NRC"), ("volkskrant.nl", "de Volkskrant"), ("telegraaf.nl", "De Telegraaf"), ("trouw.nl", "Trouw"),
    ("ad.nl", "AD"), ("nos.nl", "NOS"), ("nu.nl", "NU.nl"), ("parool.nl", "Het Parool"), ("fd.nl", "Het Financieele Dagblad"), ("wort.lu", "Luxemburger Wort"), ("euronews.com", "Euronews"), ("euractiv.com", "Euractiv"), ("euobserver.com", "EUobserver"),
    // Spain, Portugal, Italy, Greece
    ("elpais.com", "El País"), ("elmundo.es", "El Mundo"), ("abc.es", "ABC"), ("lavanguardia.com", "La Vanguardia"), ("elperiodico.com", "El Periódico"), ("eldiario.es", "elDiario.es"), ("elconfidencial.com", "El Confidencial"), ("publico.es", "Público"), ("rtve.es", "RTVE"), ("expansion.com", "Expansión"), ("marca.com", "Marca"), ("20minutos.es", "20minutos"),
    ("europapress.es", "Europa Press"), ("publico.pt", "Público"), ("expresso.pt", "Expresso"), ("dn.pt", "Diário de Notícias"), ("jn.pt", "Jornal de Notícias"), ("observador.pt", "Observador"), ("rtp.pt", "RTP"), ("cmjornal.pt", "Correio da Manhã"), ("repubblica.it", "la Repubblica"), ("corriere.it", "Corriere della Sera"), ("lastampa.it", "La Stampa"),
    ("ilsole24ore.com", "Il Sole 24 Ore"), ("ilfattoquotidiano.it", "il Fatto Quotidiano"), ("ilpost.it", "Il Post"), ("ilgiornale.it", "il Giornale"), ("ilmessaggero.it", "Il Messaggero"), ("avvenire.it", "Avvenire"), ("rainews.it", "Rai News"), ("gazzetta.it", "La Gazzetta dello Sport"), ("internazionale.it", "Internazionale"),
    ("kathimerini.gr", "Η Καθημερινή"), ("ekathimerini.com", "Kathimerini"), ("tovima.gr", "Το Βήμα"), ("tanea.gr", "Τα Νέα"), ("timesofmalta.com", "Times of Malta"), ("cyprus-mail.com", "Cyprus Mail"),
    // Northern Europe
    ("dr.dk", "DR"), ("politiken.dk", "Politiken"), ("berlingske.dk", "Berlingske"), ("jyllands-posten.dk", "Jyllands-Posten"), ("information.dk", "Information"), ("tv2.dk", "TV 2"), ("svt.se", "SVT"), ("dn.se", "Dagens Nyheter"), ("svd.se", "Svenska Dagbladet"), ("aftonbladet.se", "Aftonbladet"), ("expressen.se", "Expressen"), ("thelocal.se", "The Local Sweden"),
    ("nrk.no", "NRK"), ("aftenposten.no", "Aftenposten"), ("vg.no", "VG"), ("dagbladet.no", "Dagbladet"), ("bt.no", "Bergens Tidende"), ("yle.fi", "Yle"), ("hs.fi", "Helsingin Sanomat"), ("is.fi", "Ilta-Sanomat"), ("iltalehti.fi", "Iltalehti"), ("ruv.is", "RÚV"), ("mbl.is", "Morgunblaðið"), ("visir.is", "Vísir"), ("err.ee", "ERR"), ("postimees.ee", "Postimees"),
    ("delfi.ee", "Delfi"), ("delfi.lv", "Delfi"), ("delfi.lt", "Delfi"), ("lsm.lv", "LSM"), ("lrt.lt", "LRT"),
    // Central and Eastern Europe
    ("wyborcza.pl", "Gazeta Wyborcza"), ("rp.pl", "Rzeczpospolita"), ("onet.pl", "Onet"), ("wp.pl", "Wirtualna Polska"), ("tvn24.pl", "TVN24"), ("polityka.pl", "Polityka"), ("newsweek.pl", "Newsweek Polska"), ("dziennik.pl", "Dziennik"), ("polskieradio.pl", "Polskie Radio"), ("idnes.cz", "iDNES.cz"), ("novinky.cz", "Novinky.cz"), ("ceskatelevize.cz", "Česká televize"),
    ("denikn.cz", "Deník N"), ("respekt.cz", "Respekt"), ("irozhlas.cz", "iROZHLAS"), ("sme.sk", "SME"), ("dennikn.sk", "Denník N"), ("pravda.sk", "Pravda"), ("aktuality.sk", "Aktuality.sk"), ("telex.hu", "Telex"), ("hvg.hu", "HVG"), ("index.hu", "Index"), ("444.hu", "444"), ("magyarnemzet.hu", "Magyar Nemzet"), ("digi24.ro", "Digi24"), ("hotnews.ro", "HotNews"), ("adevarul.ro", "Adevărul"),
    ("g4media.ro", "G4Media"), ("libertatea.ro", "Libertatea"), ("dnevnik.bg", "Дневник"), ("capital.bg", "Капитал"), ("24sata.hr", "24sata"), ("jutarnji.hr", "Jutarnji list"), ("vecernji.hr", "Večernji list"), ("index.hr", "Index.hr"), ("delo.si", "Delo"), ("rtvslo.si", "RTV Slovenija"), ("n1info.rs", "N1"), ("danas.rs", "Danas"), ("politika.rs", "Политика"), ("b92.net", "B92"),
    ("balkaninsight.com", "Balkan Insight"), ("pravda.com.ua", "Українська правда"), ("kyivindependent.com", "The Kyiv Independent"), ("kyivpost.com", "Kyiv Post"), ("suspilne.media", "Суспільне"), ("nv.ua", "НВ"), ("hromadske.ua", "Громадське"), ("zn.ua", "Дзеркало тижня"), ("liga.net", "ЛІГА.net"), ("tsn.ua", "ТСН"), ("babel.ua", "Бабель"), ("ukrainska-pravda.com", "Українська правда"),
    ("meduza.io", "Meduza"), ("novayagazeta.eu", "Новая газета Европа"), ("novayagazeta.ru", "Новая газета"), ("kommersant.ru", "Коммерсантъ"), ("vedomosti.ru", "Ведомости"), ("rbc.ru", "РБК"), ("ria.ru", "РИА Новости"), ("rg.ru", "Российская газета"), ("lenta.ru", "Lenta.ru"), ("gazeta.ru", "Газета.Ru"), ("iz.ru", "Известия"), ("mk.ru", "Московский комсомолец"), ("kp.ru", "Комсомольская правда"),
    ("themoscowtimes.com", "The Moscow Times"), ("svoboda.org", "Радио Свобода"), ("radiosvoboda.org", "Радіо Свобода"), ("newsmaker.md", "NewsMaker"), ("civil.ge", "Civil Georgia"),
    // Near East and Africa
    ("aljazeera.com", "Al Jazeera"), ("aljazeera.net", "الجزيرة"), ("alarabiya.net", "Al Arabiya"), ("haaretz.com", "Haaretz"), ("jpost.com", "The Jerusalem Post"), ("timesofisrael.com", "The Times of Israel"), ("ynetnews.com", "Ynetnews"), ("arabnews.com", "Arab News"), ("thenationalnews.com", "The National"), ("gulfnews.com", "Gulf News"), ("khaleejtimes.com", "Khaleej Times"),
    ("hurriyet.com.tr", "Hürriyet"), ("hurriyetdailynews.com", "Hürriyet Daily News"), ("cumhuriyet.com.tr", "Cumhuriyet"), ("milliyet.com.tr", "Milliyet"), ("sabah.com.tr", "Sabah"), ("dailysabah.com", "Daily Sabah"), ("middleeasteye.net", "Middle East Eye"), ("lorientlejour.com", "L’Orient-Le Jour"), ("ahram.org.eg", "Al-Ahram"), ("mg.co.za", "Mail & Guardian"), ("news24.com", "News24"),
    ("dailymaverick.co.za", "Daily Maverick"), ("timeslive.co.za", "TimesLIVE"), ("iol.co.za", "IOL"), ("nation.africa", "Nation"), ("standardmedia.co.ke", "The Standard"), ("the-star.co.ke", "The Star"), ("punchng.com", "Punch"), ("premiumtimesng.com", "Premium Times"), ("vanguardngr.com", "Vanguard"), ("guardian.ng", "The Guardian Nigeria"), ("thisdaylive.com", "This Day"),
    ("allafrica.com", "allAfrica"), ("myjoyonline.com", "MyJoyOnline"), ("monitor.co.ug", "Daily Monitor"), ("jeuneafrique.com", "Jeune Afrique"), ("newtimes.co.rw", "The New Times"),
    // Asia and the Pacific
    ("thehindu.com", "The Hindu"), ("indiatimes.com", "The Times of India"), ("hindustantimes.com", "Hindustan Times"), ("indianexpress.com", "The Indian Express"), ("ndtv.com", "NDTV"), ("scroll.in", "Scroll.in"), ("thewire.in", "The Wire"), ("livemint.com", "Mint"), ("telegraphindia.com", "The Telegraph"), ("deccanherald.com", "Deccan Herald"), ("business-standard.com", "Business Standard"),
    ("dawn.com", "Dawn"), ("tribune.com.pk", "The Express Tribune"), ("thenews.com.pk", "The News International"), ("thedailystar.net", "The Daily Star"), ("bdnews24.com", "bdnews24.com"), ("dailymirror.lk", "Daily Mirror"), ("newsfirst.lk", "News First"), ("adaderana.lk", "Ada Derana"), ("dailynews.lk", "Daily News"), ("island.lk", "The Island"), ("sundaytimes.lk", "The Sunday Times"), ("ft.lk", "Daily FT"), ("themorning.lk", "The Morning"),
    ("kathmandupost.com", "The Kathmandu Post"), ("scmp.com", "South China Morning Post"), ("chinadaily.com.cn", "China Daily"), ("globaltimes.cn", "Global Times"), ("people.com.cn", "人民网"), ("caixin.com", "财新"), ("caixinglobal.com", "Caixin Global"), ("hongkongfp.com", "Hong Kong Free Press"), ("taipeitimes.com", "Taipei Times"), ("japantimes.co.jp", "The Japan Times"), ("nhk.or.jp", "NHK"), ("asahi.com", "朝日新聞"),
    ("mainichi.jp", "毎日新聞"), ("yomiuri.co.jp", "読売新聞"), ("nikkei.com", "日本経済新聞"), ("koreaherald.com", "The Korea Herald"), ("koreatimes.co.kr", "The Korea Times"), ("kbs.co.kr", "KBS"), ("hani.co.kr", "한겨레"), ("straitstimes.com", "The Straits Times"), ("channelnewsasia.com", "CNA"), ("bangkokpost.com", "Bangkok Post"), ("rappler.com", "Rappler"), ("inquirer.net", "Inquirer.net"), ("philstar.com", "The Philippine Star"),
    ("thejakartapost.com", "The Jakarta Post"), ("kompas.com", "Kompas"), ("tempo.co", "Tempo"), ("thestar.com.my", "The Star"), ("malaysiakini.com", "Malaysiakini"), ("vnexpress.net", "VnExpress"), ("irrawaddy.com", "The Irrawaddy"), ("abc.net.au", "ABC News"), ("smh.com.au", "The Sydney Morning Herald"), ("theage.com.au", "The Age"), ("theaustralian.com.au", "The Australian"), ("news.com.au", "news.com.au"),
    ("sbs.com.au", "SBS"), ("afr.com", "Australian Financial Review"), ("nzherald.co.nz", "The New Zealand Herald"), ("stuff.co.nz", "Stuff"), ("rnz.co.nz", "RNZ"), ("thediplomat.com", "The Diplomat"), ("eurasianet.org", "Eurasianet"),
    // Latin America
    ("clarin.com", "Clarín"), ("lanacion.com.ar", "La Nación"), ("pagina12.com.ar", "Página/12"), ("infobae.com", "Infobae"), ("folha.com.br", "Folha de S.Paulo"), ("uol.com.br", "UOL"), ("globo.com", "Globo"), ("estadao.com.br", "Estadão"), ("gazetadopovo.com.br", "Gazeta do Povo"), ("correiobraziliense.com.br", "Correio Braziliense"), ("emol.com", "Emol"), ("latercera.com", "La Tercera"), ("cooperativa.cl", "Cooperativa"),
    ("eltiempo.com", "El Tiempo"), ("elespectador.com", "El Espectador"), ("semana.com", "Semana"), ("elcolombiano.com", "El Colombiano"), ("elcomercio.pe", "El Comercio"), ("larepublica.pe", "La República"), ("eluniverso.com", "El Universo"), ("elcomercio.com", "El Comercio"), ("eldeber.com.bo", "El Deber"), ("lostiempos.com", "Los Tiempos"), ("abc.com.py", "ABC Color"), ("ultimahora.com", "Última Hora"),
    ("elpais.com.uy", "El País"), ("elobservador.com.uy", "El Observador"), ("ladiaria.com.uy", "la diaria"), ("elnacional.com", "El Nacional"), ("eluniversal.com", "El Universal"), ("eluniversal.com.mx", "El Universal"), ("reforma.com", "Reforma"), ("jornada.com.mx", "La Jornada"), ("milenio.com", "Milenio"), ("excelsior.com.mx", "Excélsior"), ("proceso.com.mx", "Proceso"), ("animalpolitico.com", "Animal Político"),
    ("prensalibre.com", "Prensa Libre"), ("laprensagrafica.com", "La Prensa Gráfica"), ("elfaro.net", "El Faro"), ("laprensa.hn", "La Prensa"), ("nacion.com", "La Nación"), ("prensa.com", "La Prensa"), ("listindiario.com", "Listín Diario"), ("elnuevodia.com", "El Nuevo Día"), ("granma.cu", "Granma"), ("14ymedio.com", "14ymedio"), ("jamaica-gleaner.com", "The Gleaner"), ("trinidadexpress.com", "Trinidad Express"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_domains_have_names() {
        assert_eq!(name("reuters.com"), Some("Reuters"));
        assert_eq!(name("BBC.co.uk"), Some("BBC"));
        assert_eq!(name("gazette.example"), None);
    }

    #[test]
    fn each_domain_stands_once_and_is_written_as_addresses_are() {
        for (at, (domain, name)) in OUTLETS.iter().enumerate() {
            assert!(OUTLETS[at + 1..].iter().all(|(other, _)| other != domain), "{domain} stands twice");
            assert!(domain.contains('.') && !domain.chars().any(char::is_uppercase) && !name.trim().is_empty(), "{domain}");
        }
    }
}
