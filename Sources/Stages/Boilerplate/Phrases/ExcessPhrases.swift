/// Phrases above or before parts of a page that are not its own text.
enum ExcessPhrase: UInt8, CaseIterable {
  case tags = 1
  case signIn, share, subscribe, advertisement, author, related, comments
}

extension ExcessPhrase {
  /// The meaning of the phrase, for explanations.
  var words: String {
    switch self {
    case .tags: "topics"
    case .signIn: "a login"
    case .share: "sharing"
    case .subscribe: "a subscription"
    case .advertisement: "an advertisement"
    case .author: "the author or the company"
    case .related: "other articles"
    case .comments: "comments"
    }
  }

  /// For each kind a line for each language: phrases between semicolons, in any case, with or without accents. A block
  /// has a phrase if it begins with all words of it; longer phrases go before shorter ones.
  static func phrases(_ phrase: ExcessPhrase) -> String {
    switch phrase {
    case .tags:
      """
      en: tags; tagged; tagged with; topics; topics in this article; filed under; keywords; categories; posted in
      de: Schlagwörter; Schlagworte; Stichwörter; Stichworte; Themen; Mehr zum Thema; Themenseiten; Kategorien
      fr: mots-clés; étiquettes; thèmes; sujets; rubriques; catégories; sur le même sujet
      es: etiquetas; temas; palabras clave; categorías; archivado en; más información sobre
      pt: etiquetas; temas; tópicos; assuntos; palavras-chave; categorias; marcadores; mais sobre
      it: tag; argomenti; parole chiave; etichette; categorie; temi
      ca: etiquetes; temes; paraules clau
      gl: etiquetas; temas
      ro: etichete; cuvinte cheie; subiecte; categorii
      nl: trefwoorden; onderwerpen; labels; categorieën
      da: emner; nøgleord; emneord; kategorier
      sv: ämnen; taggar; nyckelord; etiketter; kategorier
      no: emner; stikkord; emneord; kategorier
      fi: aiheet; avainsanat; asiasanat; tunnisteet
      is: efnisorð; flokkar
      et: märksõnad; teemad; sildid
      lv: tēmas; atslēgvārdi; birkas
      lt: žymos; raktažodžiai; temos; žymės
      pl: tagi; słowa kluczowe; tematy; etykiety; kategorie; więcej na temat
      cs: štítky; klíčová slova; témata; kategorie
      sk: značky; štítky; kľúčové slová; témy; kategórie
      hu: címkék; kulcsszavak; témák; kategóriák
      sl: ključne besede; oznake; teme
      hr: oznake; ključne riječi; tagovi; teme
      sr: тагови; ознаке; кључне речи; теме; ključne reči
      bs: tagovi; oznake
      sq: etiketat; temat
      mk: клучни зборови; тагови; теми
      bg: тагове; ключови думи; етикети; теми; категории
      ru: теги; метки; темы; ключевые слова; рубрики; категории; сюжеты
      uk: теги; мітки; теми; ключові слова; рубрики; категорії
      be: тэгі; тэмы
      kk: тегтер; тақырыптар
      el: ετικέτες; θέματα; λέξεις κλειδιά; κατηγορίες
      tr: etiketler; konular; anahtar kelimeler; kategoriler
      az: etiketlər; teqlər; açar sözlər
      ar: الوسوم; وسوم; كلمات مفتاحية; الكلمات الدلالية; مواضيع; تصنيفات
      fa: برچسب ها; برچسب‌ها; کلیدواژه ها; موضوعات; کلمات کلیدی
      ur: ٹیگز; موضوعات
      he: תגיות; תגים; נושאים; מילות מפתח
      hi: टैग; टैग्स; विषय; श्रेणी
      bn: ট্যাগ; বিষয়; বিষয়সমূহ
      ta: குறிச்சொற்கள்
      th: แท็ก; ป้ายกำกับ; หัวข้อ; คำค้น
      vi: từ khóa; chủ đề; chuyên mục
      id: tag; topik; kata kunci; kategori; label
      ms: tag; topik; kata kunci
      tl: mga paksa
      sw: mada
      zh: 标签; 標籤; 关键词; 關鍵字; 关键字; 关键詞; 话题; 相关标签; 分类; 分類
      ja: タグ; キーワード; カテゴリー; カテゴリ; トピックス
      ko: 태그; 키워드; 주제; 카테고리
      ka: თეგები; თემები
      hy: պիտակներ; թեմաներ
      """
    case .signIn:
      """
      en: sign in; log in; login; sign up; register; create an account; create a free account; already a member; my account
      de: anmelden; einloggen; registrieren; jetzt registrieren; konto erstellen; mein konto; bereits registriert
      fr: se connecter; connexion; connectez-vous; s'identifier; identifiez-vous; inscrivez-vous; créer un compte; mon compte
      es: iniciar sesión; inicia sesión; identifícate; regístrate; crear una cuenta; mi cuenta; acceder
      pt: entrar; iniciar sessão; faça login; fazer login; cadastre-se; registe-se; criar conta; minha conta
      it: accedi; registrati; entra; crea un account; il mio account
      ca: inicia la sessió; registra't
      ro: autentificare; conectare; înregistrare; intră în cont; contul meu
      nl: inloggen; aanmelden; registreren; account aanmaken; mijn account
      da: log ind; log på; opret bruger; opret konto; min konto
      sv: logga in; registrera dig; skapa konto; mina sidor
      no: logg inn; registrer deg; opprett konto; min side
      fi: kirjaudu; kirjaudu sisään; rekisteröidy; luo tunnus
      is: innskráning; nýskráning
      et: logi sisse; registreeru
      lv: pieslēgties; ienākt; reģistrēties
      lt: prisijungti; registruotis; prisijunk
      pl: zaloguj; zaloguj się; logowanie; zarejestruj się; rejestracja; załóż konto; moje konto
      cs: přihlásit; přihlásit se; přihlášení; registrace; registrovat; můj účet
      sk: prihlásiť; prihlásiť sa; prihlásenie; registrácia; môj účet
      hu: bejelentkezés; belépés; regisztráció
      sl: prijava; registracija
      hr: prijava; prijavi se; registracija; registriraj se
      sr: пријава; пријави се; регистрација; prijava; registracija
      sq: hyr; regjistrohu
      mk: најава; регистрација
      bg: вход; влез; регистрация
      ru: войти; вход; авторизация; зарегистрироваться; регистрация; личный кабинет; авторизуйтесь; войдите
      uk: увійти; вхід; авторизація; зареєструватися; реєстрація; особистий кабінет
      be: увайсці; уваход; рэгістрацыя
      kk: кіру; тіркелу
      el: σύνδεση; είσοδος; εγγραφή; συνδεθείτε; ο λογαριασμός μου
      tr: giriş yap; üye girişi; üye ol; kayıt ol; oturum aç; hesabım
      az: daxil ol; qeydiyyat
      ar: تسجيل الدخول; دخول; إنشاء حساب; حسابي; تسجيل
      fa: ورود; ثبت نام; ورود به سایت; حساب کاربری
      ur: لاگ ان; رجسٹر
      he: התחברות; כניסה; הרשמה; החשבון שלי
      hi: लॉग इन; लॉगिन; साइन इन; रजिस्टर
      bn: লগ ইন; লগইন; নিবন্ধন; সাইন ইন
      th: เข้าสู่ระบบ; สมัครสมาชิก; ลงทะเบียน
      vi: đăng nhập; đăng ký; tài khoản của tôi
      id: masuk; daftar; login; akun saya
      ms: log masuk; daftar
      zh: 登录; 登入; 登錄; 注册; 註冊; 立即登录; 立即注册
      ja: ログイン; 会員登録; 新規登録; マイページ
      ko: 로그인; 회원가입; 마이페이지
      ka: შესვლა; რეგისტრაცია
      hy: մուտք; գրանցում
      """
    case .share:
      """
      en: share; share this; share this article; share this story; share on; share via; share with; follow us; follow us on; print; print this; email this; tweet; copy link; send to a friend; like us
      de: teilen; artikel teilen; beitrag teilen; auf facebook teilen; folgen sie uns; folge uns; drucken; artikel drucken; per e-mail; weiterempfehlen; weitersagen; link kopieren; versenden
      fr: partager; partagez; partager cet article; partager sur; suivez-nous; imprimer; envoyer par mail; envoyer à un ami; copier le lien
      es: compartir; comparte; compartir en; compartir esta noticia; síguenos; síganos; imprimir; enviar por correo; copiar enlace
      pt: compartilhar; compartilhe; partilhar; partilhe; siga-nos; siga nos; imprimir; enviar por e-mail; copiar link
      it: condividi; condividi su; condividi questo articolo; seguici; seguici su; stampa; invia; copia link
      ca: comparteix; compartir; segueix-nos; imprimeix
      gl: compartir; comparte; síguenos
      ro: distribuie; share pe; trimite; tipărește; printează; urmărește-ne; urmăriți-ne
      nl: delen; deel; deel dit artikel; deel op; volg ons; afdrukken; mail dit artikel; kopieer link
      da: del artiklen; del på; følg os; udskriv; kopier link
      sv: dela; dela artikeln; dela på; följ oss; skriv ut; kopiera länk; tipsa
      no: del artikkelen; del på; følg oss; skriv ut; kopier lenke; tips en venn
      fi: jaa; jaa artikkeli; jaa facebookissa; seuraa meitä; tulosta; kopioi linkki
      is: deila; deildu; fylgstu með; prenta
      et: jaga; jaga artiklit; jälgi meid; prindi; trüki
      lv: dalies; dalīties; dalīties ar; seko mums; drukāt
      lt: dalintis; dalinkis; pasidalinkite; pasidalinti; sekite mus; spausdinti
      pl: udostępnij; podziel się; poleć; poleć znajomemu; obserwuj nas; śledź nas; drukuj; wydrukuj; wyślij; kopiuj link; skopiuj link; lubię to
      cs: sdílet; sdílejte; sdílet článek; sledujte nás; tisk; vytisknout; poslat e-mailem; kopírovat odkaz
      sk: zdieľať; zdieľajte; sledujte nás; tlačiť; vytlačiť; poslať e-mailom
      hu: megosztás; oszd meg; ossza meg; megosztom; kövess minket; nyomtatás; küldés
      sl: delite; sledite nam; natisni
      hr: podijeli; podijelite; pratite nas; ispis; ispiši
      sr: подели; поделите; пратите нас; штампај; podeli; podelite; pratite nas; štampaj
      bs: podijeli; pratite nas
      sq: shpërndaje; ndaje; na ndiqni; printo
      mk: сподели; следете не; печати
      bg: сподели; споделете; споделяне; последвайте ни; отпечатай; изпрати на приятел
      ru: поделиться; поделитесь; поделиться в; рассказать друзьям; подписывайтесь на нас; мы в соцсетях; распечатать; версия для печати; отправить другу; скопировать ссылку; копировать ссылку; послать другу; отправить по почте
      uk: поділитися; поділіться; поширити; стежте за нами; роздрукувати; версія для друку; скопіювати посилання
      be: падзяліцца; падзяліся; друк
      kk: бөлісу; бөлісіңіз
      el: κοινοποίηση; κοινοποιήστε; μοιραστείτε το; μοιράσου το; μοιραστείτε; ακολουθήστε μας; εκτύπωση; αποστολή; αποστολή σε φίλο
      tr: paylaş; paylaşın; haberi paylaş; facebook'ta paylaş; bizi takip edin; takip et; yazdır; arkadaşına gönder; bağlantıyı kopyala
      az: paylaş; bizi izləyin; çap et
      ar: شارك; مشاركة; شارك المقال; تابعنا; تابعونا; طباعة; نسخ الرابط; ارسل; انشر
      fa: اشتراک گذاری; به اشتراک بگذارید; اشتراک‌گذاری; ما را دنبال کنید; چاپ; ارسال; کپی لینک
      ur: شیئر; شیئر کریں; ہمیں فالو کریں
      he: שתפו; שתף; שיתוף; עקבו אחרינו; הדפסה; הדפס; שלח לחבר; העתק קישור
      hi: शेयर; शेयर करें; साझा करें; हमें फॉलो करें; प्रिंट
      bn: শেয়ার; শেয়ার করুন; অনুসরণ করুন; প্রিন্ট
      ta: பகிர; பகிர்க
      th: แชร์; แชร์ข่าวนี้; แบ่งปัน; ติดตามเรา; พิมพ์; คัดลอกลิงก์
      vi: chia sẻ; theo dõi chúng tôi; in bài viết; sao chép liên kết; gửi bài
      id: bagikan; bagikan artikel; ikuti kami; cetak; salin tautan; sebarkan
      ms: kongsi; kongsikan; ikuti kami; cetak
      tl: ibahagi
      sw: shiriki
      zh: 分享; 分享到; 分享至; 转发; 轉發; 关注我们; 關注我們; 打印; 列印; 复制链接; 複製連結; 推荐给好友; 微信扫一扫
      ja: シェア; シェアする; 共有; 共有する; フォロー; フォローする; ツイート; 印刷; リンクをコピー; この記事をシェア
      ko: 공유; 공유하기; 기사 공유; 팔로우; 인쇄; 프린트; 링크 복사
      ka: გაზიარება; გააზიარე; ბეჭდვა
      hy: կիսվել; տարածել; տպել
      """
    case .subscribe:
      """
      en: subscribe; subscribe now; subscribe to; newsletter; newsletters; sign up for; sign up to; get the latest; get our; join our newsletter; support us; donate; become a member; stay informed; stay up to date
      de: newsletter; newsletter abonnieren; abonnieren; abonnieren sie; jetzt abonnieren; jetzt abo; abo; unterstützen sie; spenden; kostenlos testen; mitglied werden; bleiben sie informiert
      fr: abonnez-vous; s'abonner; je m'abonne; newsletter; infolettre; inscrivez-vous à; lettre d'information; recevez; soutenez; faire un don
      es: suscríbete; suscríbase; suscribirse; boletín; newsletter; recibe; recibe nuestra; apóyanos; haz una donación; hazte socio
      pt: assine; assinar; subscreva; subscrever; newsletter; boletim; receba; receba as; apoie
      it: abbonati; iscriviti; iscriviti alla newsletter; newsletter; ricevi; sostienici; dona
      ca: subscriu-te; subscriu-t'hi; butlletí
      ro: abonează-te; abonare; abonați-vă; newsletter; susține
      nl: abonneer; abonneren; word abonnee; nieuwsbrief; schrijf je in; meld je aan; steun ons; doneer; blijf op de hoogte
      da: abonner; bliv abonnent; nyhedsbrev; tilmeld dig; tilmeld; støt os
      sv: prenumerera; bli prenumerant; nyhetsbrev; anmäl dig; stöd oss
      no: abonner; bli abonnent; nyhetsbrev; meld deg på; støtt oss
      fi: tilaa; tilaa uutiskirje; uutiskirje; lue myös tilaajana; tue meitä
      is: áskrift; póstlisti; skráðu þig
      et: telli; telli uudiskiri; uudiskiri; liitu uudiskirjaga; toeta
      lv: abonē; abonēt; jaunumu vēstule; pieraksties; atbalsti
      lt: prenumeruok; prenumeruokite; prenumeruoti; naujienlaiškis; paremk
      pl: subskrybuj; zaprenumeruj; prenumerata; prenumeruj; newsletter; zapisz się; zapisz się na newsletter; wykup dostęp; wesprzyj nas; wspieraj
      cs: odebírat; předplatné; předplaťte si; newsletter; přihlaste se k odběru; podpořte nás
      sk: odoberať; predplatné; predplaťte si; newsletter; prihláste sa na odber; podporte nás
      hu: feliratkozás; iratkozzon fel; iratkozz fel; hírlevél; előfizetés; fizessen elő; támogass minket; támogatás
      sl: naroči se; naročite se; e-novice; podprite nas
      hr: pretplati se; pretplatite se; newsletter; prijavite se na newsletter; podržite nas
      sr: претплати се; претплатите се; билтен; pretplatite se; подржите нас
      sq: abonohu; abonohuni; buletini
      mk: претплати се; билтен; поддржете не
      bg: абонирай се; абонирайте се; абонамент; бюлетин; подкрепете ни
      ru: подписаться; подпишитесь; подпишись; подписывайтесь; подписывайтесь на; подписка; подписка на новости; рассылка; получать новости; поддержите нас; поддержать проект; читайте нас в; присоединяйтесь
      uk: підписатися; підпишіться; підпишись; підписуйтесь; підписуйтеся; підписка; розсилка; підтримайте нас; приєднуйтесь
      be: падпісацца; падпішыцеся; падпіска
      kk: жазылу; жазылыңыз
      el: εγγραφείτε; εγγραφή στο newsletter; συνδρομή; γίνετε συνδρομητής; ενημερωτικό δελτίο; newsletter; στηρίξτε μας
      tr: abone ol; abone olun; bülten; e-bülten; bültenimize abone olun; destek ol
      az: abunə ol; abunə olun; xəbər bülleteni
      ar: اشترك; اشترك الآن; النشرة البريدية; النشرة الإخبارية; اشترك في; ادعمنا; تبرع
      fa: اشتراک; عضویت در خبرنامه; خبرنامه; مشترک شوید; حمایت
      ur: سبسکرائب; نیوز لیٹر
      he: הירשמו; הרשמו; הירשם; מינוי; ניוזלטר; דיוור; תרמו; הצטרפו
      hi: सब्सक्राइब; सब्सक्राइब करें; सदस्यता; न्यूज़लेटर
      bn: সাবস্ক্রাইব; সাবস্ক্রাইব করুন; নিউজলেটার
      th: สมัครรับ; สมัครรับข่าวสาร; จดหมายข่าว; ติดตามข่าวสาร
      vi: đăng ký nhận; đăng ký nhận tin; bản tin; ủng hộ
      id: berlangganan; langganan; buletin; dapatkan berita; dukung kami
      ms: langgan; buletin; surat berita
      zh: 订阅; 訂閱; 立即订阅; 电子报; 電子報; 邮件订阅; 支持我们; 加入会员; 加入會員
      ja: メルマガ; メールマガジン; ニュースレター; 購読; 有料会員; 会員になる; 定期購読
      ko: 구독; 구독하기; 뉴스레터; 후원하기; 정기구독
      ka: გამოწერა; გამოიწერე
      hy: բաժանորդագրվել; բաժանորդագրվեք
      """
    case .advertisement:
      """
      en: advertisement; advertisements; advertising; ads; sponsored; sponsored content; promoted; paid content; partner content; ads by; story continues below
      de: anzeige; anzeigen; werbung; gesponsert; advertorial; bezahlte partnerschaft
      fr: publicité; annonce; annonces; sponsorisé; contenu sponsorisé; la suite après la publicité
      es: publicidad; anuncio; anuncios; patrocinado; contenido patrocinado
      pt: publicidade; anúncio; anúncios; patrocinado; conteúdo patrocinado; continua após a publicidade
      it: pubblicità; annuncio; annunci; sponsorizzato; contenuto sponsorizzato
      ca: publicitat; anunci
      ro: publicitate; reclamă; sponsorizat
      nl: advertentie; advertenties; gesponsord; reclame; lees verder na de advertentie
      da: annonce; annoncer; sponsoreret; reklame
      sv: annons; annonser; sponsrat; reklam
      no: annonse; annonser; sponset; reklame; annonsørinnhold
      fi: mainos; mainokset; ilmoitus; sponsoroitu; kaupallinen yhteistyö
      is: auglýsing; auglýsingar
      et: reklaam; sisuturundus
      lv: reklāma; sludinājums
      lt: reklama; skelbimas; turinio rinkodara
      pl: reklama; ogłoszenie; ogłoszenia; artykuł sponsorowany; materiał partnera; dalszy ciąg artykułu pod reklamą
      cs: reklama; inzerce; komerční sdělení; sponzorováno
      sk: reklama; inzercia; sponzorované
      hu: hirdetés; reklám; szponzorált; támogatott tartalom
      sl: oglas; oglasi; oglasno sporočilo
      hr: oglas; oglasi; reklama; sponzorirano; promo
      sr: реклама; оглас; огласи; reklama; oglas
      sq: reklamë; reklama
      mk: реклама; оглас
      bg: реклама; обява; спонсорирано
      ru: реклама; на правах рекламы; партнерский материал; партнёрский материал; объявления; новости партнеров; новости партнёров
      uk: реклама; на правах реклами; оголошення; новини партнерів
      be: рэклама
      kk: жарнама
      el: διαφήμιση; διαφημίσεις; χορηγούμενο; προωθούμενο
      tr: reklam; reklamlar; ilan; sponsorlu; advertorial
      az: reklam
      ar: إعلان; إعلانات; الإعلانات; برعاية; محتوى مدفوع
      fa: تبلیغات; آگهی; تبلیغ; رپورتاژ
      ur: اشتہار; اشتہارات
      he: פרסומת; פרסום; ממומן; תוכן שיווקי
      hi: विज्ञापन; प्रायोजित
      bn: বিজ্ঞাপন; স্পনসর
      ta: விளம்பரம்
      th: โฆษณา; สปอนเซอร์
      vi: quảng cáo; tài trợ
      id: iklan; advertorial; sponsor; scroll untuk melanjutkan
      ms: iklan; tajaan
      zh: 广告; 廣告; 推广; 推廣; 赞助内容; 贊助
      ja: 広告; スポンサーリンク; スポンサードリンク
      ko: 광고; 스폰서; 협찬
      ka: რეკლამა
      hy: գովազդ
      """
    case .author:
      """
      en: about the author; about the authors; about author; about the writer; written by; more by; more from; posts by; articles by; contact the author; author bio; about us; about the company; our correspondent
      de: über den autor; über die autorin; über die autoren; zum autor; zur person; autor; autorin; mehr von; über uns; über das unternehmen; weitere artikel von; pressekontakt
      fr: à propos de l'auteur; l'auteur; auteur; du même auteur; à propos de; qui sommes-nous; contact presse; écrit par
      es: sobre el autor; sobre la autora; acerca del autor; autor; más de; sobre nosotros; acerca de; quiénes somos; escrito por
      pt: sobre o autor; sobre a autora; autor; mais de; sobre nós; quem somos; sobre a empresa; escrito por
      it: l'autore; sull'autore; informazioni sull'autore; autore; chi siamo; altri articoli di; scritto da
      ca: sobre l'autor; qui som
      ro: despre autor; autor; despre noi; articole de
      nl: over de auteur; auteur; meer van; over ons; geschreven door; over het bedrijf
      da: om forfatteren; forfatter; mere fra; om os
      sv: om författaren; om skribenten; författare; mer från; om oss
      no: om forfatteren; om skribenten; forfatter; mer fra; om oss
      fi: kirjoittaja; kirjoittajasta; tietoa kirjoittajasta; lisää kirjoittajalta; meistä
      is: um höfundinn; höfundur; um okkur
      et: autorist; autor; rohkem autorilt
      lv: par autoru; autors; par mums
      lt: apie autorių; autorius; apie mus
      pl: o autorze; o autorce; autor; autorka; więcej od autora; o nas; o firmie; kontakt dla mediów; inne artykuły autora
      cs: o autorovi; o autorce; autor; další články autora; o nás
      sk: o autorovi; autor; ďalšie články autora; o nás
      hu: a szerzőről; szerző; rólunk; a szerző további cikkei
      sl: o avtorju; avtor; o nas
      hr: o autoru; autor; o nama
      sr: о аутору; аутор; о нама; o autoru; autor
      sq: rreth autorit; autori; rreth nesh
      mk: за авторот; автор; за нас
      bg: за автора; автор; още от автора; за нас
      ru: об авторе; автор; авторы; другие материалы автора; все материалы автора; о нас; о компании; о проекте; контакты для прессы
      uk: про автора; автор; автори; інші матеріали автора; про нас; про компанію
      be: пра аўтара; аўтар; пра нас
      kk: автор туралы; біз туралы
      el: σχετικά με τον συγγραφέα; ο συντάκτης; συντάκτης; συγγραφέας; σχετικά με εμάς; ποιοι είμαστε
      tr: yazar hakkında; yazar; yazarın diğer yazıları; hakkımızda
      az: müəllif haqqında; müəllif; haqqımızda
      ar: عن الكاتب; نبذة عن الكاتب; الكاتب; المزيد من; من نحن; بقلم
      fa: درباره نویسنده; نویسنده; درباره ما; بیشتر از
      ur: مصنف کے بارے میں; ہمارے بارے میں
      he: על הכותב; על המחבר; אודות הכותב; אודות; עוד מאת
      hi: लेखक के बारे में; लेखक; हमारे बारे में
      bn: লেখক সম্পর্কে; লেখক; আমাদের সম্পর্কে
      th: เกี่ยวกับผู้เขียน; ผู้เขียน; เกี่ยวกับเรา
      vi: về tác giả; tác giả; về chúng tôi; giới thiệu tác giả
      id: tentang penulis; penulis; tentang kami; artikel lain dari
      ms: tentang penulis; penulis; tentang kami
      zh: 关于作者; 關於作者; 作者简介; 作者簡介; 作者; 关于我们; 關於我們
      ja: 著者; 著者について; 筆者; 著者プロフィール; この記事を書いた人; プロフィール; 執筆者; 会社概要
      ko: 저자 소개; 작성자; 글쓴이; 필자 소개; 기자의 다른 기사; 회사 소개
      ka: ავტორი; ავტორის შესახებ; ჩვენ შესახებ
      hy: հեղինակ; հեղինակի մասին; մեր մասին
      """
    case .related:
      """
      en: related; related articles; related stories; related posts; related news; related content; related topics; related coverage; related links; read also; read more; read next; see also; also read; also on; more on this; more stories; more news; more from; most read; most popular; most viewed; most shared; popular; trending; trending now; recommended; recommended for you; you may also like; you might also like; you may be interested in; don't miss; up next; latest; latest news; latest stories; recent posts; top stories; editor's picks; in case you missed it; what to read next; previous article; next article; similar articles
      de: lesen sie auch; lesen sie mehr; lies auch; lesetipps; auch interessant; das könnte sie auch interessieren; das könnte dich auch interessieren; das könnte ihnen auch gefallen; mehr zum thema; mehr dazu; mehr aus; mehr lesen; weiterlesen; weitere artikel; weitere nachrichten; weitere meldungen; weitere themen; weitere beiträge; ähnliche artikel; ähnliche beiträge; verwandte artikel; verwandte themen; zum thema; siehe auch; meistgelesen; meistgelesene artikel; am meisten gelesen; beliebt; empfohlen; empfehlungen; empfohlene artikel; unsere empfehlungen; neueste artikel; neueste beiträge; aktuelle nachrichten; aktuelle meldungen; top-themen; vorheriger artikel; nächster artikel
      fr: à lire aussi; lire aussi; lire également; à lire également; voir aussi; lire la suite; articles liés; articles similaires; articles associés; sur le même sujet; sur le même thème; dans la même rubrique; les plus lus; les plus populaires; les plus consultés; vous aimerez aussi; vous pourriez aussi aimer; recommandé pour vous; nos recommandations; dernières actualités; dernières nouvelles; à la une; à ne pas manquer; plus d'articles; en savoir plus; article précédent; article suivant
      es: lea también; lee también; leer también; leer más; le puede interesar; te puede interesar; también te puede interesar; también le puede interesar; quizás te interese; ver también; vea también; noticias relacionadas; artículos relacionados; contenido relacionado; relacionado; relacionados; más noticias; más leídas; más leído; lo más leído; lo más visto; las más leídas; más populares; recomendado; recomendados; te recomendamos; últimas noticias; no te pierdas; más información; artículo anterior; artículo siguiente; entradas relacionadas; entradas recientes
      pt: leia também; leia mais; veja também; saiba mais; ler mais; notícias relacionadas; artigos relacionados; matérias relacionadas; conteúdo relacionado; relacionadas; relacionados; mais lidas; mais lidos; as mais lidas; mais vistas; mais notícias; recomendados; recomendadas; recomendado para você; você pode gostar; você também pode gostar; últimas notícias; últimas; não perca; artigo anterior; próximo artigo; posts relacionados
      it: leggi anche; leggi di più; leggi tutto; leggi ancora; vedi anche; articoli correlati; notizie correlate; contenuti correlati; correlati; potrebbe interessarti; potrebbe interessarti anche; ti potrebbe interessare; potrebbero interessarti; i più letti; più letti; le più lette; più popolari; consigliati; consigliati per te; ultime notizie; altre notizie; da non perdere; articolo precedente; articolo successivo; approfondimenti
      ca: llegiu també; llegeix també; notícies relacionades; articles relacionats; et pot interessar; el més llegit; el més vist; últimes notícies
      gl: le tamén; novas relacionadas; o máis lido; tamén che pode interesar
      ro: citește și; citiți și; citește mai mult; vezi și; articole similare; articole recomandate; știri similare; cele mai citite; cele mai populare; recomandări; te-ar putea interesa; ți-ar putea plăcea; ultimele știri; pe aceeași temă; alte știri
      nl: lees ook; lees meer; lees verder; zie ook; bekijk ook; gerelateerd; gerelateerde artikelen; gerelateerd nieuws; verwante artikelen; meest gelezen; meest bekeken; populair; aanbevolen; aanbevolen voor jou; dit vind je misschien ook interessant; meer over; meer nieuws; laatste nieuws; ook interessant; vorige artikel; volgende artikel
      da: læs også; læs mere; se også; relaterede artikler; relateret; relaterede; mest læste; mest læst; mest populære; anbefalet; anbefalede; måske er du interesseret i; seneste nyt; seneste nyheder; flere artikler; flere nyheder; mere om
      sv: läs också; läs även; läs mer; se även; se också; relaterade artiklar; relaterat; mest lästa; mest läst; populärt; rekommenderat; rekommenderade; du kanske också gillar; senaste nytt; senaste nyheterna; fler artiklar; fler nyheter; mer om
      no: les også; les mer; se også; relaterte artikler; relatert; relaterte saker; mest lest; mest leste; populært; anbefalt; anbefalte; siste nytt; siste nyheter; flere saker; flere nyheter; mer om
      fi: lue myös; lue lisää; katso myös; aiheeseen liittyvät; aiheeseen liittyvää; luetuimmat; suosituimmat; suosittelemme; sinua saattaisi kiinnostaa; viimeisimmät; tuoreimmat; uusimmat; lisää aiheesta
      is: lesa meira; lestu einnig; sjá einnig; tengdar fréttir; mest lesið; nýjustu fréttir; fleiri fréttir
      et: loe ka; loe veel; loe lisaks; vaata ka; seotud lood; seotud artiklid; sarnased artiklid; enim loetud; loetumad; soovitame; viimased uudised; veel uudiseid
      lv: lasi arī; lasiet arī; lasīt vairāk; skaties arī; saistītie raksti; saistītās ziņas; lasītākie; populārākie; iesakām; jaunākās ziņas; vairāk par tēmu
      lt: skaitykite taip pat; taip pat skaitykite; skaityk taip pat; skaityti daugiau; susiję straipsniai; susijusios naujienos; skaitomiausi; populiariausi; rekomenduojame; naujausios žinios; daugiau naujienų; daugiau šia tema
      pl: czytaj także; czytaj również; czytaj też; czytaj więcej; czytaj dalej; przeczytaj także; przeczytaj również; przeczytaj też; zobacz także; zobacz również; zobacz też; zobacz więcej; powiązane; powiązane artykuły; powiązane tematy; podobne artykuły; podobne tematy; najczęściej czytane; najpopularniejsze; popularne; polecane; polecamy; polecamy także; może cię zainteresować; może cię również zainteresować; warto przeczytać; najnowsze; najnowsze wiadomości; najnowsze artykuły; inne artykuły; więcej na ten temat; więcej artykułów; poprzedni artykuł; następny artykuł; w tym temacie
      cs: čtěte také; čtěte dále; přečtěte si také; číst dál; číst více; viz také; související články; související; podobné články; nejčtenější; nejčtenější články; doporučujeme; doporučené; mohlo by vás zajímat; mohlo by vás také zajímat; nejnovější; nejnovější zprávy; další články; k tématu; předchozí článek; další článek
      sk: čítajte aj; čítajte tiež; prečítajte si aj; prečítajte si tiež; čítať ďalej; čítať viac; pozrite aj; súvisiace články; súvisiace; podobné články; najčítanejšie; odporúčame; odporúčané; mohlo by vás zaujímať; najnovšie; najnovšie správy; ďalšie články; k téme
      hu: olvassa el ezt is; olvasd el ezt is; ezt is olvassa el; ezek is érdekelhetik; ez is érdekelheti; ez is érdekelhet; olvass tovább; tovább; lásd még; kapcsolódó; kapcsolódó cikkek; kapcsolódó hírek; hasonló cikkek; legolvasottabb; legnépszerűbb; ajánló; ajánlott; ajánljuk; legfrissebb hírek; további cikkek; további hírek
      sl: preberite tudi; preberi tudi; berite tudi; več o; sorodni članki; povezani članki; sorodne vsebine; najbolj brano; priporočamo; zadnje novice
      hr: pročitajte i; pročitajte još; pročitaj i; pročitaj više; vidi još; pogledajte i; povezane vijesti; povezani članci; vezane vijesti; slični članci; najčitanije; najpopularnije; preporučeno; preporučujemo; možda će vas zanimati; najnovije; najnovije vijesti; više o
      sr: прочитајте и; прочитајте још; прочитај и; повезане вести; повезани чланци; сродни чланци; најчитаније; препоручујемо; најновије; најновије вести; pročitajte i; pročitajte još; povezane vesti; najčitanije; najnovije vesti; možda će vas zanimati
      bs: pročitajte još; pročitajte i; povezane vijesti; najčitanije; najnovije
      sq: lexo edhe; lexoni edhe; lexo më shumë; të ngjashme; lajme të ngjashme; më të lexuarat; të fundit
      mk: прочитај и; прочитајте и; прочитај повеќе; поврзани вести; слични вести; најчитани; препорачуваме; најнови вести
      bg: прочетете още; прочети още; прочетете също; вижте още; вижте също; още по темата; свързани статии; свързани новини; подобни статии; най-четени; най-популярни; препоръчани; препоръчваме; последни новини; още новини; още от
      ru: читайте также; читать также; читайте ещё; читайте еще; читать далее; читать дальше; читать полностью; смотрите также; смотреть также; см. также; по теме; материалы по теме; новости по теме; статьи по теме; ещё по теме; еще по теме; похожие статьи; похожие новости; похожие материалы; похожие записи; связанные материалы; другие новости; другие материалы; другие статьи; популярное; популярные новости; популярные статьи; самое популярное; самое читаемое; самые читаемые; рекомендуем; рекомендуемое; рекомендации; вам может быть интересно; вам может понравиться; вас может заинтересовать; возможно, вам будет интересно; последние новости; свежие новости; новости дня; главные новости; главное; лента новостей; все новости; ранее по теме; предыдущая статья; следующая статья; предыдущая новость; следующая новость; подробнее
      uk: читайте також; читайте ще; читати далі; дивіться також; див. також; за темою; по темі; матеріали за темою; новини за темою; схожі новини; схожі статті; схожі матеріали; пов'язані новини; інші новини; популярне; популярні новини; найпопулярніше; найчитаніше; рекомендуємо; рекомендовані; вас може зацікавити; вам може сподобатися; останні новини; головні новини; усі новини; попередня стаття; наступна стаття
      be: чытайце таксама; чытаць далей; па тэме; падобныя навіны; апошнія навіны; папулярнае; глядзіце таксама
      kk: тағы оқыңыз; оқи отырыңыз; ұқсас жаңалықтар; соңғы жаңалықтар; танымал
      el: διαβάστε επίσης; διαβάστε ακόμη; διαβάστε ακόμα; διάβασε επίσης; διάβασε ακόμα; διαβάστε περισσότερα; διαβάστε και; δείτε επίσης; δείτε ακόμη; δείτε ακόμα; δείτε και; σχετικά άρθρα; σχετικές ειδήσεις; σχετικά θέματα; σχετικά; παρόμοια άρθρα; δημοφιλή; δημοφιλέστερα; πιο δημοφιλή; τα πιο διαβασμένα; προτεινόμενα; προτείνουμε; μπορεί να σας ενδιαφέρει; ίσως σας ενδιαφέρει; τελευταία νέα; τελευταίες ειδήσεις; τελευταία; περισσότερα; ροή ειδήσεων; προηγούμενο άρθρο; επόμενο άρθρο
      tr: bunu da okuyun; ayrıca okuyun; ayrıca bakınız; okumaya devam et; devamını oku; ilgili haberler; ilgili yazılar; ilgili içerikler; ilgili konular; benzer haberler; benzer yazılar; en çok okunan; en çok okunanlar; en popüler; popüler haberler; önerilen; önerilenler; önerilen haberler; ilginizi çekebilir; bunlar da ilginizi çekebilir; son haberler; son dakika; diğer haberler; daha fazla; önceki haber; sonraki haber
      az: həmçinin oxuyun; oxşar xəbərlər; bənzər xəbərlər; ən çox oxunan; ən çox oxunanlar; son xəbərlər; digər xəbərlər
      ar: اقرأ أيضا; اقرأ أيضاً; إقرأ أيضا; اقرا ايضا; اقرأ المزيد; شاهد أيضا; شاهد أيضاً; انظر أيضا; مواضيع ذات صلة; مقالات ذات صلة; أخبار ذات صلة; موضوعات متعلقة; ذات صلة; مواضيع متعلقة; مقالات مشابهة; أخبار مشابهة; الأكثر قراءة; الأكثر مشاهدة; الأكثر شيوعا; مقترحات; موصى به; قد يهمك; قد يهمك أيضا; قد يعجبك أيضا; آخر الأخبار; أحدث الأخبار; المزيد; أهم الأخبار; المقال السابق; المقال التالي
      fa: بیشتر بخوانید; بخوانید; همچنین بخوانید; ادامه مطلب; مطالب مرتبط; اخبار مرتبط; مطالب مشابه; مرتبط; پربازدیدترین; پربیننده ترین; پربازدید; پیشنهاد ما; پیشنهاد سردبیر; آخرین اخبار; جدیدترین اخبار; تازه ترین اخبار; سایر اخبار
      ur: مزید پڑھیں; یہ بھی پڑھیں; متعلقہ خبریں; تازہ ترین; مقبول ترین
      he: קראו גם; קרא גם; קראו עוד; עוד בנושא; כתבות נוספות; כתבות קשורות; כתבות דומות; ראו גם; הנקראות ביותר; פופולרי; מומלץ; מומלצים; אולי יעניין אותך; חדשות אחרונות; עוד חדשות; עוד כתבות
      hi: यह भी पढ़ें; ये भी पढ़ें; इसे भी पढ़ें; और पढ़ें; संबंधित खबरें; संबंधित लेख; संबंधित; सबसे ज्यादा पढ़े गए; लोकप्रिय; ताज़ा खबरें; ताजा खबरें; आपको यह भी पसंद आ सकता है; ट्रेंडिंग
      bn: আরও পড়ুন; আরো পড়ুন; এটিও পড়ুন; সম্পর্কিত খবর; সম্পর্কিত; এ সম্পর্কিত আরও খবর; সর্বাধিক পঠিত; জনপ্রিয়; সর্বশেষ; সর্বশেষ খবর; এই বিভাগের আরও খবর
      ta: மேலும் படிக்க; இதையும் படியுங்கள்; தொடர்புடைய செய்திகள்; பிரபலமான
      th: อ่านเพิ่มเติม; อ่านต่อ; อ่านข่าวที่เกี่ยวข้อง; ข่าวที่เกี่ยวข้อง; บทความที่เกี่ยวข้อง; เรื่องที่เกี่ยวข้อง; ดูเพิ่มเติม; ยอดนิยม; ข่าวล่าสุด; แนะนำ; เรื่องแนะนำ; ข่าวอื่นๆ
      vi: đọc thêm; xem thêm; đọc tiếp; bài viết liên quan; tin liên quan; tin tức liên quan; bài liên quan; cùng chuyên mục; tin cùng chuyên mục; đọc nhiều; đọc nhiều nhất; xem nhiều; nổi bật; có thể bạn quan tâm; tin mới; tin mới nhất; các tin khác; tin khác; bài viết mới nhất
      id: baca juga; baca selengkapnya; baca lebih lanjut; simak juga; lihat juga; artikel terkait; berita terkait; terkait; artikel lainnya; berita lainnya; terpopuler; populer; rekomendasi; rekomendasi untuk anda; berita terbaru; terkini; terbaru; artikel selanjutnya; artikel sebelumnya; pilihan editor
      ms: baca juga; baca lagi; baca selanjutnya; artikel berkaitan; berita berkaitan; berkaitan; paling popular; popular; terkini; berita terkini
      tl: basahin din; kaugnay na balita
      sw: soma pia; habari zinazohusiana; soma zaidi
      zh: 相关阅读; 相關閱讀; 相关新闻; 相關新聞; 相关文章; 相關文章; 相关报道; 相關報導; 相关链接; 相关推荐; 相關推薦; 相关内容; 相关专题; 延伸阅读; 延伸閱讀; 更多阅读; 更多新闻; 更多; 查看更多; 阅读更多; 閱讀更多; 热门; 熱門; 热门文章; 熱門文章; 热门新闻; 熱門新聞; 热点新闻; 热点推荐; 热门推荐; 最热; 推荐阅读; 推薦閱讀; 推荐; 推薦; 编辑推荐; 精彩推荐; 猜你喜欢; 猜你喜歡; 你可能感兴趣; 您可能感兴趣; 你可能喜歡; 最新消息; 最新新闻; 最新新聞; 最新文章; 排行榜; 点击排行; 阅读排行; 上一篇; 下一篇; 今日热点; 图片新闻; 大家都在看
      ja: 関連記事; 関連ニュース; 関連リンク; 関連トピックス; 関連キーワード; あわせて読みたい; 合わせて読みたい; こちらもおすすめ; おすすめ; おすすめ記事; おすすめの記事; もっと見る; もっと読む; 続きを読む; 人気記事; 人気の記事; 人気ランキング; ランキング; アクセスランキング; 最新記事; 最新ニュース; 新着記事; 新着; 前の記事; 次の記事; この記事を読んだ人は; ピックアップ; 注目の記事
      ko: 관련기사; 관련 기사; 관련 뉴스; 관련 글; 함께 읽으면 좋은; 추천 기사; 추천기사; 추천; 더보기; 더 보기; 인기기사; 인기 기사; 많이 본 뉴스; 많이 본 기사; 가장 많이 본; 최신기사; 최신 기사; 최신 뉴스; 이 시각 주요뉴스; 이전 기사; 다음 기사; 이전글; 다음글; 주요뉴스; 실시간 뉴스
      ka: წაიკითხეთ ასევე; მსგავსი სიახლეები; ყველაზე კითხვადი; ბოლო სიახლეები
      hy: կարդացեք նաև; նմանատիպ նյութեր; ամենաընթերցվածը; վերջին լուրեր
      """
    case .comments:
      """
      en: comments; comment; leave a comment; leave a reply; post a comment; add a comment; write a comment; add your comment; join the conversation; join the discussion; have your say; view comments; show comments; read comments; no comments; reader comments; your comment; discussion; responses; replies; reply; report abuse; be the first to comment; what do you think
      de: kommentare; kommentar; kommentar schreiben; kommentieren; kommentar verfassen; schreiben sie einen kommentar; schreibe einen kommentar; einen kommentar schreiben; leserkommentare; diskussion; diskutieren sie mit; keine kommentare; alle kommentare; ihr kommentar; ihre meinung; antworten; antwort; beitrag melden; leserbrief
      fr: commentaires; commentaire; laisser un commentaire; laissez un commentaire; ajouter un commentaire; écrire un commentaire; réagir; vos réactions; réactions; vos commentaires; aucun commentaire; répondre; signaler; donnez votre avis; poster un commentaire
      es: comentarios; comentario; deja un comentario; dejar un comentario; deja una respuesta; comentar; escribe un comentario; añadir comentario; sin comentarios; opina; responder; ver comentarios; tu comentario; denunciar
      pt: comentários; comentário; deixe um comentário; deixe uma resposta; deixar comentário; comentar; comente; escreva um comentário; sem comentários; responder; ver comentários; denunciar
      it: commenti; commento; lascia un commento; lascia una risposta; commenta; scrivi un commento; aggiungi un commento; nessun commento; rispondi; inserisci un commento; segnala
      ca: comentaris; deixa un comentari; respon
      gl: comentarios; deixa un comentario
      ro: comentarii; comentariu; lasă un comentariu; adaugă un comentariu; adaugă comentariu; lasă un răspuns; scrie un comentariu; răspunde
      nl: reacties; reactie; reageer; reageren; plaats een reactie; laat een reactie achter; geef een reactie; geen reacties; beantwoorden
      da: kommentarer; kommentar; skriv en kommentar; skriv kommentar; debat; svar; læserkommentarer
      sv: kommentarer; kommentar; kommentera; skriv en kommentar; lämna en kommentar; lämna ett svar; svara
      no: kommentarer; kommentar; skriv en kommentar; legg igjen en kommentar; kommentarfelt; debatt; svar
      fi: kommentit; kommentti; kommentoi; jätä kommentti; kirjoita kommentti; keskustelu; vastaa; osallistu keskusteluun
      is: athugasemdir; ummæli; skrifa athugasemd; svara
      et: kommentaarid; kommentaar; lisa kommentaar; kommenteeri; vasta
      lv: komentāri; komentārs; pievienot komentāru; komentēt; atbildēt
      lt: komentarai; komentaras; rašyti komentarą; komentuoti; palikti komentarą; atsakyti; skaitytojų komentarai
      pl: komentarze; komentarz; dodaj komentarz; skomentuj; napisz komentarz; zostaw komentarz; dodaj opinię; opinie; wasze komentarze; brak komentarzy; odpowiedz; zgłoś; zgłoś nadużycie; dyskusja; dodaj odpowiedź
      cs: komentáře; komentář; diskuse; diskuze; přidat komentář; napsat komentář; přidejte komentář; odpovědět; vstoupit do diskuse; příspěvky
      sk: komentáre; komentár; diskusia; pridať komentár; pridajte komentár; odpovedať; vstúpiť do diskusie
      hu: hozzászólások; hozzászólás; szólj hozzá; kommentek; komment; új hozzászólás; vélemények; válasz
      sl: komentarji; komentar; dodaj komentar; komentiraj; odgovori
      hr: komentari; komentar; dodaj komentar; ostavi komentar; napiši komentar; odgovori; rasprava
      sr: коментари; коментар; додај коментар; остави коментар; оставите коментар; пошаљи коментар; одговори; komentari; ostavite komentar; pošalji komentar
      bs: komentari; ostavi komentar
      sq: komente; koment; lini një koment; shkruaj koment; përgjigju
      mk: коментари; коментар; остави коментар; одговори
      bg: коментари; коментар; добави коментар; напиши коментар; коментирай; оставете коментар; отговори; мнения
      ru: комментарии; комментарий; комментариев; комментария; комментировать; добавить комментарий; оставить комментарий; написать комментарий; оставьте комментарий; ваш комментарий; обсуждение; обсудить; обсудить на форуме; отзывы; оставить отзыв; мнения читателей; ответить; пожаловаться; комментариев нет; нет комментариев; комментарии читателей; отправить комментарий
      uk: коментарі; коментар; коментарів; додати коментар; залишити коментар; написати коментар; обговорення; обговорити; відповісти; відгуки; коментувати
      be: каментары; каментар; пакінуць каментар; дадаць каментар; адказаць
      kk: пікірлер; пікір; пікір қалдыру; пікір жазу
      el: σχόλια; σχόλιο; αφήστε σχόλιο; αφήστε ένα σχόλιο; γράψτε σχόλιο; γράψτε το σχόλιό σας; προσθήκη σχολίου; προσθέστε σχόλιο; σχολιάστε; απάντηση; τα σχόλια των αναγνωστών; δεν υπάρχουν σχόλια
      tr: yorumlar; yorum; yorum yap; yorum yaz; yorum ekle; yorumunuzu yazın; okuyucu yorumları; henüz yorum yapılmamış; yanıtla; cevapla; ilk yorumu siz yapın
      az: şərhlər; şərh; şərh yaz; rəylər; rəy yaz
      ar: تعليقات; التعليقات; تعليق; أضف تعليقا; أضف تعليق; اترك تعليقا; اترك تعليق; اترك رد; اترك ردا; علق; رد; لا توجد تعليقات; تعليقات القراء
      fa: نظرات; نظر; نظر شما; ارسال نظر; دیدگاه; دیدگاه ها; دیدگاه‌ها; دیدگاهتان را بنویسید; ثبت نظر; پاسخ; نظرات کاربران
      ur: تبصرے; تبصرہ; تبصرہ کریں; جواب دیں
      he: תגובות; תגובה; הוסף תגובה; הוספת תגובה; כתוב תגובה; השאירו תגובה; הגב; לכל התגובות
      hi: टिप्पणियाँ; टिप्पणी; टिप्पणी करें; कमेंट; कमेंट करें; प्रतिक्रिया; अपनी टिप्पणी; जवाब दें
      bn: মন্তব্য; মন্তব্য করুন; মতামত; মতামত দিন; আপনার মন্তব্য; উত্তর দিন
      ta: கருத்துகள்; கருத்து
      th: ความคิดเห็น; แสดงความคิดเห็น; คอมเมนต์; ตอบกลับ
      vi: bình luận; ý kiến; ý kiến bạn đọc; gửi bình luận; để lại bình luận; viết bình luận; trả lời; phản hồi
      id: komentar; tulis komentar; beri komentar; tinggalkan komentar; tinggalkan balasan; balas; kirim komentar; diskusi
      ms: komen; komentar; tinggalkan komen; balas; ulasan
      tl: mga komento; mag-iwan ng komento
      sw: maoni
      zh: 评论; 評論; 发表评论; 發表評論; 网友评论; 網友評論; 最新评论; 热门评论; 全部评论; 查看评论; 我要评论; 我来说两句; 留言; 發表留言; 发表留言; 发表回复; 發表回覆; 回复; 回覆; 跟帖; 参与评论; 讨论; 討論; 条评论; 评论列表
      ja: コメント; コメントする; コメントを書く; コメントを残す; コメントを投稿; コメント一覧; みんなのコメント; 返信; 感想; ご意見
      ko: 댓글; 댓글쓰기; 댓글 쓰기; 댓글 달기; 의견; 의견쓰기; 답글; 답글 달기; 전체 댓글; 한줄의견
      ka: კომენტარები; კომენტარი; დატოვე კომენტარი
      hy: մեկնաբանություններ; մեկնաբանություն; թողնել մեկնաբանություն
      """
    }
  }
}
