// Lines of a positioning receiver, taken apart: who speaks, and the numbers of each line.
const LINES = [
    "GPGGA,123,4807,1131,8",
    "GLGSV,3,1,11,70",
    "GPRMC,225446,4916,123,5",
    "GLVTG,54,34,5,10",
]
//: talkers
const talkers = new Array<string>(60)
//|
//- const known: string[] = []
//- const talkers = Buffer.alloc(60)
//.
//: numbers
const numbers: number[] = []
//|
//- const numbers = new Array<number>(240)
//- let count = 0
//.
function parse(line: string, n: number): void {
    const fields = line.split(",")
    //: talkers
    const talker = fields[0].slice(0, 2) + ":" + fields[0].slice(2)
    talkers[n] = talker
    //|
    //- const talker = fields[0].slice(0, 2) + ":" + fields[0].slice(2)
    //- let number = known.indexOf(talker)
    //- if (number < 0) number = known.push(talker) - 1
    //- talkers[n] = number
    //.
    for (let i = 1; i < 5; i++) {
        const value = (parseInt(fields[i % fields.length]) + n) & 0x7fff
        //: numbers
        numbers.push(value)
        //|
        //- numbers[count++] = value
        //.
    }
}
for (let n = 0; n < 60; n++) parse(LINES[n % 4], n)
let checked = 0
let turn = 0
setInterval(() => {
    turn = (turn + 7) % 60
    //: talkers
    checked += talkers[turn].length
    //|
    //- checked += known[talkers[turn]].length
    //.
    checked += numbers[turn * 4]
}, 200)
