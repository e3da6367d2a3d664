// One request that no board of this size can meet.
console.log("before")
setTimeout(() => {
    const picture = Buffer.alloc(56000)
    const second = Buffer.alloc(56000)
    console.log("after " + picture.length + second.length)
}, 500)
