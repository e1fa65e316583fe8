"""Danish abbreviations, by what may follow them. All in lower case and without the last full stop."""

NEVER_LAST = frozenset(
    """
    adj adr afd alm ang att bl.a bem bet bl ca cand dep d.v.s dir div dr ds dvs d eks ekskl eksl eksp
    egl el ell evt ex excl f.eks f.ex feks f.o.m fhv fmd forf fr ff.eks gdr gl hhv hr iflg ifm ift iht
    i.f.m i.f.t i.h.t inc ing incl inkl isf istf jf jvf kgl kl kst lb lb.nr lic litr m.h.p m.h.t
    mag maks max mht mell mhp ml modsv n.n ndr nr nuv o obl opr overs p p.g.a pga pr prof ref
    resp s s.st sct sdr skt sml st stud såk t.o.m tidl tlf udg uafh vedr v vha v.h.a vs
    bekg cirk lovbek vejl amtm bogh kons lekt mr mrs
    """.split()
)
"""Something always follows: a number, a name, the thing itself."""

MAYBE_LAST = frozenset(
    """
    a.m.b.a a.s aps d.d d.å e.kr e.l e.v el.lign el.l etc f.kr f.m e.m ff fl ltd inc.ltd m.a m.fl m.m m.v mfl
    mm mv m.v.s o.a o.l o.lign o.m.a o.s.v osv p.a p.m p.t ph.d s.d s.u t.h t.v u.å v lign s.m.b.a i.v.s
    kr mio mia mill pct km kvm min sek t md mdr kbh pers spm årg årh sp dkk øre tkr
    jan febr feb apr jun jul aug sept sep okt nov dec tirs ons tors lør bd vol art fig kap ms mss pkt stk tab
    """.split()
)
"""Ends the sentence when a capital letter follows; goes on before a digit ("kr. 40", "jan. 2020")."""

FUNCTION_WORDS = frozenset(
    """
    af alle alt at blandt da de dem den denne der deres derfor dermed desuden dette dig din disse dit du efter
    eller en et for fordi fra hans har her hun hvad hvem hver hvis hvor hvordan hvorfor hvornår i ifølge
    ikke ind ingen jeg kan man med men mens mod når nu og også om op os over på samt selv skal som så til
    ud under ved vi vil vores være
    """.split()
)
"""Words that are no names: with a capital they begin a sentence, with a small letter they may end one."""

UNITS = frozenset("kr dkk eur euro usd pct km kvm kg kwh mwh gwh stk m²  mm".split())
"""What may follow an amount with a capital letter and still be its unit: "5 mio. DKK"."""

LETTERED = frozenset(
    """
    afsnit bilag blok boks bygning del fase figur gruppe hepatitis hold influenza kategori klasse
    kolonne litra lokale lov model niveau option plan punkt scenarie spor tabel team trin type vitamin zone
    """.split()
)
"""Before a single letter that is a label, not an initial: "plan B.", "litra a."."""

AFTER_ORDINALS = frozenset(
    """
    verdenskrig verden viceborgmester viceformand næstformand division juledag pinsedag påskedag
    januar februar marts april maj juni juli august september oktober november december
    klasse sal række runde semester kvartal halvår etape
    """.split()
)
"""May be written with a capital after an ordinal number: "den 2. Verdenskrig", "1. Viceborgmester"."""
