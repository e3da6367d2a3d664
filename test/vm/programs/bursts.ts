// Allocates much at once now and then, at times that fall between samples.
let kept: Buffer
setInterval(() => {
    kept = Buffer.alloc(4000)
    kept[0] = 1
}, 270)

/** What a page can lay out. */
export interface Reading {
    level: number
    isValid: boolean
}
