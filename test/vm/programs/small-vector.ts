import {
    EMPTY_SMALL_VECTOR,
    smallGet,
    smallCapacity,
    smallDrop,
    smallLength,
    smallPush,
    smallSet,
    smallShrink,
    smallSpilled,
    smallSpills,
    type SmallVector,
} from "../../../src/small-vector"

let vector: SmallVector = EMPTY_SMALL_VECTOR
function show(): void {
    let text = ""
    for (let i = 0; i < smallLength(vector); i++) text += ` ${smallGet(vector, i)}`
    console.log(`[${text} ] spilled ${smallSpilled(vector)}, ${smallSpills(vector)} times`)
}

show()
for (let i = 1; i <= 14; i++) {
    vector = smallPush(vector, (i * 91) & 255)
    if (i <= 7 || i >= 12) show()
}
console.log(`capacity ${smallCapacity(vector)}`)
vector = smallSet(vector, 13, 255)
show()
while (smallLength(vector) > 6) vector = smallDrop(vector)
show()
vector = smallShrink(vector)
vector = smallSet(vector, 0, 255)
vector = smallSet(vector, 5, 0)
show()
vector = smallDrop(vector)
show()
console.log(`capacity ${smallCapacity(vector)}`)
vector = EMPTY_SMALL_VECTOR
for (let i = 0; i < 6; i++) vector = smallPush(vector, 255)
show()

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => smallPush(vector, 256))
fails(() => smallPush(vector, -1))
fails(() => smallSet(vector, 0, 0.5))
fails(() => smallGet(vector, 6))
fails(() => smallDrop(EMPTY_SMALL_VECTOR))
