//! Folded stop words: words that ask or point, but name nothing.

pub(super) const ENGLISH: &str = "a about after all also am an and any are as at be because been before being but by can \
    cant could did didnt do does doesnt doing dont during each for from get gets getting had \
    has have having he her him his how i id if im in into is isnt it its ive just let lets me \
    more most my no not of on one only or other our out please shall she should so some such \
    than that the their them then there these they this those to too up us use used using \
    very was we were what whats when where which while who whom whose why will with wont \
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
