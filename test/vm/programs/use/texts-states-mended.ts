// Names that never change.
function nameOf(i: number): string {
    switch (i) {
        case 0:
            return "state a"
        case 1:
            return "state b"
        case 2:
            return "state c"
        case 3:
            return "state d"
        case 4:
            return "state e"
        case 5:
            return "state f"
        case 6:
            return "state g"
        case 7:
            return "state h"
        case 8:
            return "state i"
        case 9:
            return "state j"
        case 10:
            return "state k"
        case 11:
            return "state l"
        case 12:
            return "state m"
        case 13:
            return "state n"
        case 14:
            return "state o"
        case 15:
            return "state p"
        case 16:
            return "state q"
        case 17:
            return "state r"
        case 18:
            return "state s"
        case 19:
            return "state t"
        case 20:
            return "state u"
        case 21:
            return "state v"
        case 22:
            return "state w"
        case 23:
            return "state x"
        case 24:
            return "state y"
        case 25:
            return "state z"
        case 26:
            return "state A"
        case 27:
            return "state B"
        case 28:
            return "state C"
        case 29:
            return "state D"
        case 30:
            return "state E"
        case 31:
            return "state F"
        case 32:
            return "state G"
        case 33:
            return "state H"
        case 34:
            return "state I"
        case 35:
            return "state J"
        case 36:
            return "state K"
        case 37:
            return "state L"
        case 38:
            return "state M"
        case 39:
            return "state N"
        case 40:
            return "state O"
        case 41:
            return "state P"
        case 42:
            return "state Q"
        case 43:
            return "state R"
        default:
            return ""
    }
}
let n = 0
let letters = 0
setInterval(() => {
    letters += nameOf(n++ % 44).length
}, 50)
