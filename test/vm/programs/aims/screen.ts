// Screens of a display, one for each page, all begun as the same frame; and the widths of its letters.
const FRAME = hex`00 7f 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 7f 00`
//: widths
const WIDTHS = [
    2, 3, 5, 5, 5, 5, 1, 3, 3, 3, 5, 2, 4, 1, 4, 5, 3, 5, 5, 5, 5, 5, 5, 5, 5, 1, 2, 4, 4, 4, 5, 5,
    5, 5, 5, 5, 4, 4, 5, 5, 3, 4, 5, 4, 5, 5, 5, 5,
]
//|
//- const WIDTHS = hex`02 03 05 05 05 05 01 03 03 03 05 02 04 01 04 05 03 05 05 05 05 05 05 05 05 01 02 04 04 04 05 05 05 05 05 05 04 04 05 05 03 04 05 04 05 05 05 05`
//.
const pages: Buffer[] = []
for (let i = 0; i < 20; i++) {
    //: pages
    pages.push(Buffer.from(FRAME))
    //|
    //- pages.push(FRAME)
    //.
}
//: cursors
class Cursor {
    column: number
    constructor(column: number) {
        this.column = column
    }
}
const cursors: Cursor[] = []
for (let i = 0; i < 20; i++) cursors.push(new Cursor(i))
//|
//- const cursors: number[] = []
//- for (let i = 0; i < 20; i++) cursors.push(i)
//.
let page = 0
let lit = 0
setInterval(() => {
    page = (page + 1) % 20
    //: cursors
    lit += pages[page][cursors[page].column]
    //|
    //- lit += pages[page][cursors[page]]
    //.
    lit += WIDTHS[page * 2]
}, 100)
