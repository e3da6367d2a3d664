// One of everything a heap can hold, each held in a way the test knows.
class Animal {
    legs = 4
    constructor(public name: string) {}
    call() {
        return this.name
    }
}

class Dog extends Animal {
    puppies: Dog[] = []
}

class Link {
    next: Link | undefined
}

function counter(start: number) {
    const label = "counted from " + start
    let count = start
    return () => label + ": " + count++
}

const dog = new Dog("Rex" + 1)
dog.puppies.push(new Dog("Rex" + 2))
const counters = [counter(1), counter(2)]
const call = dog.call
const order = { id: 1, cents: 250, takeout: true, note: "no on" + "ions" }
const cache: any = {}
for (let i = 0; i < 3; i++) cache["key" + i] = { value: i }
const first = new Link()
first.next = new Link()
first.next.next = new Link()
first.next.next.next = new Link()
const bytes = Buffer.from([1, 2, 254, 255])
const umlaut = "Käse" + order.id
let long = ""
for (let i = 0; i < 5; i++) long += "sixteen letters "
const failure = new RangeError("out of " + order.id)
const plain = [1, "flash", undefined, true]
const shared = [order]

setInterval(() => {
    console.log(dog.name, counters.length, call, cache)
    console.log(first, bytes, umlaut, long)
    console.log(plain, shared, failure)
}, 60000)
