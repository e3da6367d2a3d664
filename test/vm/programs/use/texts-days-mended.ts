// Names that never change.
function nameOf(i: number): string {
    switch (i) {
        case 0:
            return "Monday 0"
        case 1:
            return "Monday 1"
        case 2:
            return "Monday 2"
        case 3:
            return "Monday 3"
        case 4:
            return "Monday 4"
        case 5:
            return "Monday 5"
        case 6:
            return "Monday 6"
        case 7:
            return "Monday 7"
        case 8:
            return "Monday 8"
        case 9:
            return "Monday 9"
        case 10:
            return "Monday 10"
        case 11:
            return "Monday 11"
        case 12:
            return "Monday 12"
        case 13:
            return "Monday 13"
        case 14:
            return "Monday 14"
        case 15:
            return "Monday 15"
        case 16:
            return "Monday 16"
        case 17:
            return "Monday 17"
        case 18:
            return "Monday 18"
        case 19:
            return "Monday 19"
        case 20:
            return "Monday 20"
        case 21:
            return "Monday 21"
        case 22:
            return "Monday 22"
        case 23:
            return "Monday 23"
        case 24:
            return "Monday 24"
        case 25:
            return "Monday 25"
        case 26:
            return "Monday 26"
        case 27:
            return "Monday 27"
        case 28:
            return "Monday 28"
        case 29:
            return "Monday 29"
        case 30:
            return "Monday 30"
        case 31:
            return "Monday 31"
        case 32:
            return "Monday 32"
        case 33:
            return "Monday 33"
        case 34:
            return "Monday 34"
        case 35:
            return "Monday 35"
        case 36:
            return "Monday 36"
        case 37:
            return "Monday 37"
        case 38:
            return "Monday 38"
        case 39:
            return "Monday 39"
        default:
            return ""
    }
}
let n = 0
let letters = 0
setInterval(() => {
    letters += nameOf(n++ % 40).length
}, 100)
