// Makes what the server makes of images, with sharp. Prints seconds of CPU time and kibibytes of memory.
const fs = require("fs");
const sharp = require("sharp");

sharp.concurrency(1);
sharp.cache(false);

async function render(file) {
  const inside = { fit: "inside", withoutEnlargement: true };
  const { data, info } = await sharp(file)
    .rotate()
    .resize(1600, 1600, inside)
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  const web = await sharp(data, raw).jpeg({ quality: 80 }).toBuffer();
  const thumbnail = await sharp(data, raw).resize(400, 400, inside).jpeg({ quality: 80 }).toBuffer();
  return [web, thumbnail];
}

async function main() {
  const file = fs.readFileSync(process.argv[2]);
  const times = Number(process.argv[3]);
  await render(file);
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await render(file);
  const used = process.cpuUsage(before);
  console.log((used.user + used.system) / 1e6, peakMemory());
}

// proc(5), status. What getrusage says is that of the parent where that had more.
function peakMemory() {
  return Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]);
}

main();
