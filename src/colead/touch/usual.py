"""Usual: how often words stand in software in general, whatever it is about.

Made on 22 November 2026 by `benchmarks/touches.py --usual` from the seven
repositories of `colead.touch.chances`: the terms (`colead.terms`) that at least
five of them hold. A rate counts the chunks of code, or the texts of landings,
that hold a term, per hundred terms of text, as the mean of both and of all seven.
"""

RARE = 0.0005  # the rate of a term that is not listed

# A term of level n has a rate of about RARE times two to the power of n.
_LEVELS = {
    0: """
007 027 105 110 113 114 1200 121 126 141 142 144 153 160 202 210 252 257 2nd 302 303 307 5000 502 700 916 af
amp approxim assist augment ba boolean bother caret cat colorscheme consider constrain da dim disappear dn
dual eb eg eval everyon fb feel fillcolor fr ge getelementbyid getstate goal gs harder hole imper inf irrelev
kb macro met mkdir nd newest newvalue nonexistent notabl osx phantom piec pointerevents pollut poor portabl
pseudo pt rebuilt reduct rem reopen replay resort rgb rt scalar simplif slower smooth sorri static strang
subtl sudo surround suspect sw talk tar tend textoverflow thirdparty ultim uncom unnam unquot unstabl usr
viewport worst
    """,
    1: """
001 0px 101 102 103 111 112 117 118 122 123 124 125 129 135 136 150 159 161 16px 170 185 190 192 193 2012 2016
2017 204 219 240 250 308 365 390 409 40px 504 524 999 aa ab accumul accur addeventlistener advantag advertis
ae ahead almost alphabet alter annoy anonym appl arc arr articl autogener awesom backoff backslash backtick
bare basepath bd bear beyond bi bigger borderbottom bot brand bulk capit cd ce ceil cf chat clamp clearer clip
clobber cn co collid communic compact complain comprehens concat concaten concept concern conform consecut
consequ corner cp customiz cutoff cve dataset dc dec decoupl decreas defens des desir destruct df die
differenti difficult divis dt ea earliest eas ec ed editorconfig elaps ellipsi ellipt elsewher emul encapsul
enclos encount endswith english enterpris enus especi eventu excess explor extrem face fatal favicon feed
ffffff fi fieldname float floor followredirects foreground forum frequenc frequent fulfil fund ga gave gc
getname getstatus gi gradient grain granular great greater gt guidelin hardcoded harden henc hh highest hot hr
httponly hyphen ide ideal idx ifram incorpor initialis inprogress insuffici interfer interpol introduct invers
investig ipv isnan jump kernel ks largest lastchild latter launch lazili le legal leverag life longest love lt
man medium meet membership mi mind minheight minus misc misconfigur misspel mistaken mit mutual naiv near
nearest necessarili newli nginx nicer nl nois nonascii nonstandard noopen notat occurr oldest onlin opaqu
oppos opposit outbound overridden overriden overwritten paddingbottom paddingtop paragraph paren parenthes
parsefloat parti pat paus pay perf perfect phrase plug power predefin press privatekey problemat processor
prone proof propos prototyp prune publickey punctuat pwd qs rare readd realiz rearrang recogn reg reimplement
relax reliabl reorgan replic reusabl rework rm robust rollback room safari safer safeti saniti sansserif saw
semi sequenti serif serverside shorten shorter shrink sideeffects signific simultan singular smallest smart
somehow spin splice sponsor spot ss stricter stuck stylesheet subdomain submiss substitut subtract suitabl
suppos surpris tail teardown ten testcas textdecoration texttransform themselv thought thousand throughout tie
toml transient trivial twitter unauthent unauthor unblock uncondit underlin understand undocu unescap unfortun
unhandl uniform unlink unload unneed unwant ups uris usabl useragent vendor visit vscode way whitelist writabl
xml yellow
    """,
    2: """
000 0beta 1024 107 120 127 12px 180 2000 2021 2022 2023 255 333 3px 401 443 4px 600 8601 abc abs accessor
accident ad adjac advanc advisori ago ai alias amazon ambigu amend analysi analyt angl announc anywher apart
appar arbitrari arch assumpt asynchron attack aws backup base64 bash bc becom behav benefit blob blue bold
book boxshadow bracket bunch busi bypass calc came cap cascad caseinsensitive catchall cb cc central ch chanc
char checker chosen chrome circuit clariti classifi claus clickabl closer closur codebas coerc collis colon
colour concret consolid contact contrast cor correspond corrupt credit critic ctrl cur curl daili dateformat
ddd deal decrypt dedic dedupl deep demonstr deni depth desc descend descriptor deseri dest determinist devic
digit disallow disconnect discov discoveri distinguish dont drain drive dummi easi easili effort elimin en
entrypoint enum eq everywher exec exercis experi expiri explan expr ext factor fair faq far favor figur
firefox flat flatten flexibl flip fold foo forbidden forev gen gh glob grab guarante hack happi hardcod
healthi heap hierarchi high higher histor holder idea idn ie impact imposs inact inclus incompat incomplet
inconsist indexof infer inlineblock insecur instant instrument intent interest interpret intro invis invoc
involv isvalid knowledg lack lang larger leaf let letter lifecycl light like lose loss low macos mainten
malform mandatori manifest manipul marginbottom marginleft marginright maxage maxheight mess mid minim
minwidth mislead mismatch mistak mitig mm modern modif most mount mt multilin multipart multipli na namespac
natur newer nice nonempty nowrap null obvious odd offer offici offlin oh onerror optin oracl orient orig
orphan outgo overal overlay packet panel parseint paste peopl percentag perman person pg phase pipe pk pkg
plaintext play plural polish practic prepend preset pretti primit proc prompt proto prs purg put qualifi queu
ratio rd readonly rebas recoveri recreat recycl regard regardless region repetit represent reproduc rerun
resum rewritten rid risk rsa rw rx sa san sandbox scroll sdk sec seen semicolon sep seq setdefault setter
sha256 sibl simpler simul situat slot solv someon sometim st stand stringifi strong stub subclass subsequ
subset suffici sv synthet technic temporarili third throttl thrown thus ticket timelin tini tip tl tmp toler
tolowercase took toplevel toward trap travers tune typic tz ubuntu uid uint unbound underscor undo union
universal unlik unreach unread unrel unsaf unset uploadartifact uppercas useless val vari verbos vertex
verticalalign violat vulner weekday weird went whatev whitespace wide wiki wors ws xx yes yyyi zindex zip
    """,
    3: """
1000 10px 128 1px 2020 2025 2026 256 2px 300 400 403 404 500 abl abort acc acquir act administr adopt affect
agent aggreg alia aliv alt anim anymor anyway approach appropri area aria arm arriv ascii associ atom awar
away backgroundcolor backward badg band baselin batch behind belong best bg bin black blog boot borderradius
br brace bring broke brows bucket bugfix builtin bundl cachecontrol calendar candid canon capabl care cast
caught cell certain cfg charset checkout choic choos chunk claim cleaner cloud collaps combin comma communiti
comparison complex composit confus consid constraint conveni convent convers coordin cost coupl cron crypto cs
cursor curv cut cx cy daemon danger dash dd de dead def defaultvalue deleg deliber delimit demand deriv
destroy detach diff digest dirti disk dist distinct divid downgrad earlier easier echo ef effici el em embed
enough eof equival es establish estim ex exceed exclus exhaust explain fact fake famili faster fc fd fe ff fff
filesystem fine five fixup focus followup fontfamily fontweight footer forbid forget formatt fragment freez
fresh friend front fs fulli gain getter gitignor goe good grace grammar grant grow guess hang held hex
highlight hint hit home homepag honor hour httpclient idl illeg img implicit improp incom incorrect increment
indent independ individu infinit inject insensit instanti intend interact intermedi interrupt invert invit
isempty iso isol javascript justifi kept land late lead learn legaci legend lg lifetim linear lineheight linux
littl localhost loglevel lowercas ls mac machin mail maintain margintop mask matrix matter maxwidth mb measur
mechan middl millisecond minimum mirror mix mobil monitor msg mutabl mysql narrow navig noop notic notifi ns
num numer obsolet older one onto opac optimis organiz outdat outer outlin overlap overload overwrit own
parallel past pem percent pid pipelin placement png poll popul popup potenti pragma preced precis predic prev
preview prior prioriti promot protect ps pure pv qualiti quick ran recommend reconnect recov recurs referenc
refin reformat regener registr regular rel relev reli rememb remotetracking reorder repli repres res reserv
resiz resolut respect restrict retain revis roll rotat router rs said satisfi scan score secondari seed
segment semant sender sens sensit sever sh sha shell shift shortcut shown sidebar similar simpli skeleton
slack slash sleep slight slow sm smaller snippet soft solid solut speed stabl stage startswith stat statuscode
stderr stdout strokewidth submit subscript substr succeed suppli swap taken tcp td temp temporari textalign th
therefor think threshold tick tidi touch tr transpar truncat tutori twice un unabl unavail under unifi unlock
unsupport upper ur urls userid usual verif walk watch weak websit week win workaround worth xs xxx zone
    """,
    4: """
200 2015 2019 2024 509 abil absolut abstract ac accord across age algorithm alloc alpha altern anchor answer
ap apis appear architectur archiv arrow artifact ask asset assign assum attach azur balanc bar begin behalf
behaviour beta big binari bit blank bootstrap boundari built ca caller canva captur channel charact children
clarifi classname clock clone cluster col come compar compress comput confirm conflict conn consol constant
construct contenttype contract contribut cooki cosmet counter crash creation credenti cross csv cycl dark
decid decim decis decor defer delay delta demo deploy describ design determin dir discard discuss dispatch dom
dot doubl download draft draw ds dump eager earli emb emit enddate enforc engin enhanc enter entir enumer
escap evalu everyth exclud expens expos extern extract fa fall fast feedback filenam finish fire fixm flaki
flex flush folder fontsize foreign forgot fork forward four framework futur gap generic give grid guid half
hand hard head health hello hidden histori hold hook hover href hub human identifi immedi immut inc increas
indic indirect inherit inner insid inspect instruct intersect invok issuer keyword kill know known larg layer
lazi leak leav librari linter liter login logo lookup lost lot lower magic major make manual markdown materi
maximum media member memori mention menu metadata microsoft middlewar minut moment month ms mutat nativ
necessari negat nest newlin notif nullabl oauth obj observ occur omit op ops opt outsid overflow overview
owner pair pattern payload peer pend perform permit persist pick plain plus pointer pop pos postgr present
preserv print probabl produc profil progress propag question quiet quot race radius random rate rc reach
readabl readi rebuild recent red redund reflect refus regex registri regress reload repeat repo req respond
rest retriev reus revok rewrit rfc role round runtim sampl sanit say scale scenario screen screenshot seem
selector seri serv shadow ship short side silent simpl special spell sqlite squar stale stamp startup stay
strategi strip stroke structur stuff sub subject suffix suggest suit sum summari suppress surfac symbol
synchron sys tab tell three timer timestamp timezon toggl tostring trace trail transfer transit travi treat
tree tri turn tweak unchang unexpect unicod uniqu unix unnecessari upload usernam utc utf8 uuid var variant
vertic vs webhook weight white whitespac whole wildcard wip yaml yarn year yield
    """,
    5: """
100 adapt addit adjust agre alert align along amount annot apach arg assert attempt attr authent autom
background bad basi basic behavior bind border bottom bound broken browser builder calcul carri categori caus
center chain child circl clear cli click cmd collect common compil complianc concurr conf consist constructor
consum continu contributor cover css ctx day declar decod defin definit deliveri dependabot descript destin
detect directori div dns docker domain due duplic durat dynam edg editor effect email encrypt endpoint entiti
env environ equal exact exchang exit experiment expir explicit extend extens extra factori fallback fetch fill
final fit flag flow follow font forc foundat frame free full general git given global googl graph green guard
happen hash help helper hide hope hostnam icon ident ids imag inlin insert integ interval introduc invalid ip
iter kind latest lib live loader locat logic longer look loop main margin mark marker master math mean meta
min mock mod multi need network normal noth obtain offset optim otherwis output pad param parser partial
particular password period pin place platform possibl post pre prefer prefix prevent previous primari problem
product program project promis proper pull purpos px raw reader real reason rect redirect reduc ref refresh
reject remain remot reset resourc restor revers review routin safe schedul scheme scope secret sent sequenc
serial share shutdown sign signal signatur simplifi site snapshot span spec sql ssl stack standard statement
storag stream strict success svg sync syntax take term termin thank theme thread todo tool top total transform
transport trigger trim trust ts txt ui unknown unless upstream uri usag use utf various visibl wait want word
workflow wrap wrapper writer written wrong yml zero
    """,
    6: """
accept access account action activ actual address admin alreadi append applic argument array attribut auth
author auto automat avail avoid back better box break buffer button byte callback cancel catch cert certif
color column command compat complet compon compos condit contain content context convert copyright core
correct coverag custom databas db delet dependencyname dependencytype deprec detail dev dict differ display
distribut drop edit element encod ensur entri err exampl execut expand expect express failur feat filter find
form found generat handler height host ignor impli inform init initi input instal instanc integr interfac
internal io java job join js keep languag last later layout left len length level licens lint listen local
lock logger long manag matcher metric migrat minor miss mode model modifi multipl net non old open oper order
origin os overrid page paramet parent part patch permiss php placehold point polici pool port posit pr prepar
process prop properti protocol provid proxi publish push py python queue rais rang readm receiv record refer
regist relat renam report repositori resolv retri revert right root row rule runner save schema script search
second section secur semver send separ session setup shape singl slice small socket softwar sort space specif
specifi split status step stop store sure switch system tag target team templat throw timeout tls token track
transact translat two typo unit unus updateddependencies updatetype upgrad util variabl verifi view visual
warranti web window worker
    """,
    7: """
allow api app appli backend base block bodi bug build cach call case changelog chart check clean cleanup
client comment configur control copi count current date debug diagram direct disabl document empti enabl end
event exist export fail featur field first format github go group handl header implement improv includ index
info item json label limit line link load map match max md messag method modul move next node note number
object ok packag pars pass path plugin privat public read refactor render replac requir respons rout run see
select server servic show size skip sourc state style tabl text titl try url valid warn width write
    """,
    8: """
branch bump chang chore ci class close code commit config connect creat data default dep depend develop doc
except file function http id import issu key list log merg option queri releas request result start support
task time user valu version work
    """,
    9: """
error get name new remov return set string test type
    """,
    10: """
add fix updat
    """,
}
USUAL = {term: RARE * 2.0**level for level, said in _LEVELS.items() for term in said.split()}
