// A weather station: the hours of a day as objects, the names of winds and of what to wear.
//: hours
class Hour {
    temperature = 0
    wind = 0
    rain = false
}
const hours: Hour[] = []
for (let i = 0; i < 48; i++) {
    const hour = new Hour()
    hour.temperature = 10 + (i % 20)
    hour.wind = (i * 7) % 16
    hour.rain = i % 6 === 0
    hours.push(hour)
}
//|
//- const hours = Buffer.alloc(96)
//- for (let i = 0; i < 48; i++)
//-     hours.setAt(2 * i, "u16", (10 + (i % 20)) | (((i * 7) % 16) << 8) | (i % 6 === 0 ? 1 << 14 : 0))
//.
//: winds
const WINDS = [
    "north",
    "north by east",
    "north-northeast",
    "northeast by north",
    "northeast",
    "east-northeast",
    "east by north",
    "east",
    "east by south",
    "east-southeast",
    "southeast",
    "south-southeast",
    "south by east",
    "south",
    "south by west",
    "south-southwest",
    "southwest",
    "west-southwest",
    "west",
    "west-northwest",
    "northwest",
    "north-northwest",
    "north by west",
    "calm",
    "light air",
    "light breeze",
    "gentle breeze",
    "fresh breeze",
    "strong breeze",
    "gale",
    "storm",
    "hurricane",
    "none",
    "gusts",
    "variable",
    "thermal",
    "land breeze",
    "sea breeze",
]
//|
//- function windOf(i: number): string {
//-     switch (i) {
//-         case 0: return "north"
//-         case 1: return "north by east"
//-         case 2: return "north-northeast"
//-         case 3: return "northeast by north"
//-         case 4: return "northeast"
//-         case 5: return "east-northeast"
//-         case 6: return "east by north"
//-         case 7: return "east"
//-         case 8: return "east by south"
//-         case 9: return "east-southeast"
//-         case 10: return "southeast"
//-         case 11: return "south-southeast"
//-         case 12: return "south by east"
//-         case 13: return "south"
//-         case 14: return "south by west"
//-         case 15: return "south-southwest"
//-         case 16: return "southwest"
//-         case 17: return "west-southwest"
//-         case 18: return "west"
//-         case 19: return "west-northwest"
//-         case 20: return "northwest"
//-         case 21: return "north-northwest"
//-         case 22: return "north by west"
//-         case 23: return "calm"
//-         case 24: return "light air"
//-         case 25: return "light breeze"
//-         case 26: return "gentle breeze"
//-         case 27: return "fresh breeze"
//-         case 28: return "strong breeze"
//-         case 29: return "gale"
//-         case 30: return "storm"
//-         case 31: return "hurricane"
//-         case 32: return "none"
//-         case 33: return "gusts"
//-         case 34: return "variable"
//-         case 35: return "thermal"
//-         case 36: return "land breeze"
//-         case 37: return "sea breeze"
//-         default: return ""
//-     }
//- }
//.
let turn = 0
let letters = 0
setInterval(() => {
    //: hours
    const hour = hours[turn % 48]
    letters += hour.rain ? hour.wind : hour.temperature
    //|
    //- const hour = hours.getAt(2 * (turn % 48), "u16")
    //- letters += (hour >> 14) & 1 ? (hour >> 8) & 15 : hour & 31
    //.
    //: winds
    letters += WINDS[turn % 38].length
    //|
    //- letters += windOf(turn % 38).length
    //.
    turn++
}, 90)
