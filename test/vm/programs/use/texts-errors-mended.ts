// Names that never change.
function nameOf(i: number): string {
    switch (i) {
        case 0:
            return "E100 is wrong"
        case 1:
            return "E101 is wrong"
        case 2:
            return "E102 is wrong"
        case 3:
            return "E103 is wrong"
        case 4:
            return "E104 is wrong"
        case 5:
            return "E105 is wrong"
        case 6:
            return "E106 is wrong"
        case 7:
            return "E107 is wrong"
        case 8:
            return "E108 is wrong"
        case 9:
            return "E109 is wrong"
        case 10:
            return "E110 is wrong"
        case 11:
            return "E111 is wrong"
        case 12:
            return "E112 is wrong"
        case 13:
            return "E113 is wrong"
        case 14:
            return "E114 is wrong"
        case 15:
            return "E115 is wrong"
        case 16:
            return "E116 is wrong"
        case 17:
            return "E117 is wrong"
        case 18:
            return "E118 is wrong"
        case 19:
            return "E119 is wrong"
        case 20:
            return "E120 is wrong"
        case 21:
            return "E121 is wrong"
        case 22:
            return "E122 is wrong"
        case 23:
            return "E123 is wrong"
        case 24:
            return "E124 is wrong"
        case 25:
            return "E125 is wrong"
        case 26:
            return "E126 is wrong"
        case 27:
            return "E127 is wrong"
        case 28:
            return "E128 is wrong"
        case 29:
            return "E129 is wrong"
        case 30:
            return "E130 is wrong"
        case 31:
            return "E131 is wrong"
        case 32:
            return "E132 is wrong"
        case 33:
            return "E133 is wrong"
        case 34:
            return "E134 is wrong"
        case 35:
            return "E135 is wrong"
        case 36:
            return "E136 is wrong"
        case 37:
            return "E137 is wrong"
        case 38:
            return "E138 is wrong"
        case 39:
            return "E139 is wrong"
        case 40:
            return "E140 is wrong"
        case 41:
            return "E141 is wrong"
        case 42:
            return "E142 is wrong"
        case 43:
            return "E143 is wrong"
        case 44:
            return "E144 is wrong"
        case 45:
            return "E145 is wrong"
        case 46:
            return "E146 is wrong"
        case 47:
            return "E147 is wrong"
        case 48:
            return "E148 is wrong"
        case 49:
            return "E149 is wrong"
        default:
            return ""
    }
}
let n = 0
let letters = 0
setInterval(() => {
    letters += nameOf(n++ % 50).length
}, 100)
