// A menu on a small screen: what can be chosen, under which key, and which rows are shown.
//: entries
const ENTRIES = [
    { key: 1, parent: 0, icon: 12 },
    { key: 2, parent: 0, icon: 14 },
    { key: 3, parent: 0, icon: 9 },
    { key: 11, parent: 1, icon: 3 },
    { key: 12, parent: 1, icon: 4 },
    { key: 13, parent: 1, icon: 5 },
    { key: 21, parent: 2, icon: 7 },
    { key: 22, parent: 2, icon: 8 },
    { key: 23, parent: 2, icon: 21 },
    { key: 31, parent: 3, icon: 22 },
    { key: 32, parent: 3, icon: 30 },
    { key: 33, parent: 3, icon: 31 },
]
//|
//- const ENTRIES = hex`01 00 0c 02 00 0e 03 00 09 0b 01 03 0c 01 04 0d 01 05 15 02 07 16 02 08 17 02 15 1f 03 16 20 03 1e 21 03 1f`
//.
class Row {
    //: rows
    visible = true
    selected = false
    enabled = true
    title: string
    next: Row | undefined
    //|
    //- flags = 5
    //- title: string
    //- next: Row | undefined
    //.
    constructor(n: number) {
        this.title = `Item ${n}`
    }
}
let first: Row | undefined
for (let i = 0; i < 24; i++) {
    const row = new Row(i)
    row.next = first
    first = row
}
let position = 0
let drawn = 0
function draw(): void {
    for (let row = first; row; row = row.next) {
        //: rows
        if (row.visible && row.enabled) drawn += row.title.length
        if (row.selected) drawn++
        //|
        //- if ((row.flags & 5) === 5) drawn += row.title.length
        //- if (row.flags & 2) drawn++
        //.
    }
}
setInterval(() => {
    position = (position + 1) % 12
    //: entries
    drawn += ENTRIES[position].icon
    //|
    //- drawn += ENTRIES[position * 3 + 2]
    //.
    draw()
}, 250)
