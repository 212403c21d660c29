//! Stop words: function words, which carry no topic.

pub(super) const ENGLISH: &str = "a about after all also am an and any are as at be because been before being but by can \
    cant could did didnt do does doesnt doing dont during each for from get gets getting had \
    has have having he her him his how i id if im in into is isnt it its ive just let lets me \
    more most my no not of on one only or other our out please shall she should so some such \
    than that the their them then there these they this those to too up us use used uses \
    using very was we were what whats when where which while who whom whose why will with wont \
    would you your yours";

pub(super) const GERMAN: &str = "aber als am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies \
    diese dieser dir doch du durch ein eine einem einen einer eines er es fur gegen hab habe \
    haben hat hatte ich ihr im in ist ja jetzt kann kein keine konnen man mehr mein meine mich \
    mir mit muss nach nicht noch nur ob oder ohne sehr sein sich sie sind so soll sollte uber \
    um und uns unter vom von vor wann warum was wegen welche wenn wer werden wie wieso wir \
    wird wo wurde zu zum zur";

pub(super) const FRENCH: &str = "a ai au aux avec c ce ces cette comment d dans de des dois du elle en est et etre fait faire \
    faut il ils j je l la le les leur lors ma mais me mes moi mon n ne nous on ou par pas peut \
    plus pour pourquoi puis qu quand que quel quelle quels qui quoi s sa sans se ses si son \
    sont sur t ta te tu un une vous y";

pub(super) const SPANISH: &str = "a al como con cual cuales cuando cuanto de del desde donde el ella ellos en es esta este \
    esto hay la las le les lo los me mi mis mas muy no nos o para pero por porque puede puedo que quien \
    se ser si sin sobre son su sus te tener tengo tiene un una y ya yo";

pub(super) const ITALIAN: &str = "a ai al alla anche che chi ci come con cosa da dal dei del della delle di dove e ed fare gli \
    ha ho i il in io la le lo ma mi mia mio ne nel nella non o per perche piu posso puo quale quali \
    quando quanto quello questa questo se si sono su un una";

pub(super) const PORTUGUESE: &str = "a ao aos as com como da das de do dos e ela ele em entre essa este eu fazer ha isso mais mas \
    me meu minha na nao nas no nos o onde os ou para pela pelo pode por porque posso qual quais \
    quando que quem se sem ser seu sua sao tem um uma voce";

pub(super) const DUTCH: &str = "aan al als bij dan dat de deze die dit doe door een en er ga geen gebruik heb hebben heeft het \
    hij hoe ik in is je kan kunnen maar me met mijn moet naar niet nog of om onder ook op over te tot \
    uit van veel voor waar waarom wanneer wat we welke werd wie wil wordt worden ze zich zijn zo";

pub(super) const SWEDISH: &str = "alla att av blir de dem den det detta dig din du eller en ett for fran gor han har hon hur i \
    inte ja jag kan man med men mig min mitt mot nar nagon och om pa sa sig ska som till under upp ut \
    vad var varfor vi vilka vilken";

pub(super) const RUSSIAN: &str = "а без бы быть в вам вас во вот все вы где да для до его ее если есть еще же за и из или им их \
    к как какая какие какой когда кто ли меня мне можно мой мы на надо не нет ни но ну о об он она они \
    от по почему при с со так также такое там то только у уже что чтобы это этот я";

pub(super) const DANISH: &str = "af alle at blev bliver da de dem den denne der deres det dette dig din du efter eller \
    en er et for fra får gør ham han har hende her hun hvad hvem hver hvilke hvilken hvis \
    hvor hvordan hvorfor hvornår i ikke ind jeg jer kan man med mig min mit mod må når og \
    også om op os over på sig sin skal som så til ud under var vi vil være";

pub(super) const NORWEGIAN: &str = "alle at av ble bli da de deg dem den denne der dere det dette din du eller en er et \
    etter for fra få gjør ham han har henne her hun hva hvem hver hvilke hvilken hvis hvor \
    hvordan hvorfor i ikke inn jeg kan man med meg min mitt mot må når og også om opp oss \
    over på seg skal som så til ut under var vi vil være";

pub(super) const FINNISH: &str = "ei eivät ennen että ja jos joka jotka joten kanssa kuin kuinka kun kuka kuten mikä \
    miksi milloin minä minun missä mistä miten mitä mitkä mutta ne niin nyt näin olen oli \
    olla on onko ovat pitää saa se sen sitä sinä tai tämä tämän voi voin voiko vai";

pub(super) const UKRAINIAN: &str = "а або але без був бути в вам вас від він вона вони все для до де є з за й і із його її \
    їх її коли ким мене мені ми мій може можна на над не ні під по про та так також такий \
    те ти то тут у хто це цей ця чи чому що щоб я як яка які який якщо";

pub(super) const POLISH: &str = "a aby albo ale bez być by był co czy dla dlaczego do gdy gdzie go i ich ile ja jak \
    jaka jakie jaki jako jest jeśli już kiedy kto która które który ma mam mi mnie może \
    można mój my na nad nie niż o od oraz po pod przez przy są się ta tak tam te tego ten \
    to tu ty u w we z za ze że";

pub(super) const CZECH: &str = "a aby ale ani až bez by být co či do jak jaká jaké jaký je jeho jejich jen ještě jsem \
    jsou k kam kde kdo kdy když která které který ma má mám mi může mít moje můj můžu na \
    nad ne nebo než o od pod po pro proč při s se si tak také tam to tohle ten tento u už \
    v ve z za že";

pub(super) const ROMANIAN: &str = "a acest această ai al ale am ar are as au ca care ce cei cel cine cu cum da dacă dar \
    de din după e ea ei el este eu fi fie fără îi îmi în la le li lui mai mea mă mei meu \
    mi ne nu o pe pentru poate pot prin sa sau se si și sunt te un unde une unei unui va \
    voi";

pub(super) const HUNGARIAN: &str = "a az azt be ben de egy el ez ezt és fel ha hanem hogy hogyan hol honnan igen is kell \
    ki kinek le lehet meg mely melyik mi mikor miért milyen mint mit nak nek nem ne nekem \
    s szerint tud tudok vagy van vannak volt";

pub(super) const TURKISH: &str = "acaba ama ancak ben benim bir biz bu bunu çok da daha de değil en gibi göre hangi hem \
    için ile ise kadar kaç ki kim mi mı mu mü nasıl ne neden nedir nerede niçin niye o \
    olan olarak olur onu onun şey siz şu var ve veya ya yok";

pub(super) const GREEK: &str = "από αυτή αυτό αυτός αν για γιατί δεν εγώ είμαι είναι εκεί ένα ένας εν η θα και κατά με \
    μετά μέσα μη μια μου μπορώ να ναι ο οι όπως όταν ότι πότε πού που ποια ποιο ποιος \
    πρέπει προς πώς σας σε στη στην στο στον τα τη την της τι τις το τον του τους των \
    υπάρχει ως";

pub(super) const ARABIC: &str = "إلى أم أن أنا أنت أو أي أين إذا إن الذي التي الى ان او بعد به بين ثم حتى ذلك عن عند \
    على علي فى في فيه قد كان كانت كل كم كيف لا لم لماذا لن له لها ليس ما ماذا متى مع من \
    منذ منه هذا هذه هل هم هنا هناك هو هي و يا يكون يمكن";

pub(super) const PERSIAN: &str = "آن آنها آیا از است اگر اما اند این با باید بر برای بود به تا تو چرا چه چگونه چند چی \
    چیست چطور خود در دارد دارم را شد شده شود کجا کدام که کرد کردن کنم کند کنید کی ما من می \
    میشود میتوان نیست نمی ها های هر هست هم و ولی یا یک";

pub(super) const HINDI: &str = "अपने इस इसके उस उसके एक ऐसे और कब करना करने करें कर का की के को कोई कैसे क्या क्यों \
    कौन कहाँ गया जब जो तक तो था थे थी दिया नहीं ने पर भी मुझे मेरा मेरे मैं में यह या ये \
    लिए वह वे सकता सकते से हम हूँ है हैं हो होता होती";

pub(super) const INDONESIAN: &str = "ada adalah agar akan anda apa apakah atau bagaimana bagi bahwa bisa dalam dan dapat \
    dari dengan di dia harus ini itu jika juga kami kapan karena ke ketika kita mana \
    mengapa mereka oleh pada saat saya siapa sudah tidak untuk yang";

pub(super) const CATALAN: &str = "a al als amb aquest aquesta com de del dels des el ell els em en és està ha hi he jo \
    la les li me meu meva mi molt no o on per perquè pot puc què quan quin quina quins qui \
    se sense ser si sobre són te tinc un una va vol";
