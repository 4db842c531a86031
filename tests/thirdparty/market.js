// Stands before each program: moves the market by asking the test to, and waits until that is done.
"use strict";

let answers; // a program that asks for nothing ends by itself

async function market(name, ...args) {
  answers ??= require("node:readline").createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  process.stdout.write(JSON.stringify({ do: name, args }) + "\n");
  await answers.next();
}
