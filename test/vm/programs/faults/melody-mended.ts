// A melody in flash, four bytes a note.
const MELODY = hex`00 dc 00 32 01 e9 00 35 02 f6 00 38 03 05 01 3b 04 15 01 3e 05 25 01 41 06 37 01 44 07 49 01 47 08 5d 01 4a 09 71 01 4d 0a 87 01 50 0b 9f 01 53 00 b8 01 56 01 d2 01 59 02 ed 01 5c 03 0b 02 5f 04 2a 02 62 05 4b 02 65 06 6e 02 68 07 93 02 6b 08 ba 02 6e 09 e3 02 71 0a 0f 03 74 0b 3e 03 77 00 70 03 7a 01 a4 03 7d 02 db 03 80 03 16 04 83 04 54 04 86 05 96 04 89 06 dc 04 8c 07 26 05 8f 08 74 05 92 09 c7 05 95 0a 1f 06 98 0b 7d 06 9b 00 e0 06 9e 01 48 07 a1 02 b7 07 a4 03 2d 08 a7 04 a9 08 aa 05 2d 09 ad 06 b9 09 b0 07 4d 0a b3 08 e9 0a b6 09 8f 0b b9 0a 3f 0c bc 0b fa 0c bf 00 c0 0d c2 01 91 0e c5 02 6f 0f c8 03 5a 10 cb 04 52 11 ce 05 5a 12 d1 06 72 13 d4 07 9a 14 d7 08 d3 15 da 09 1f 17 dd 0a 7f 18 e0 0b f4 19 e3`
let at = 0
let hertz = 0
setInterval(() => {
    const note = (at++ % 60) * 4
    hertz = MELODY.getAt(note + 1, "u16")
}, 200)
