// A measured part in which nothing happens.
console.log("work begins")
console.log("work ends")
console.log("done")
