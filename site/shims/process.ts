// The process of Node.js, as far as cdktf asks: no environment, and a folder.
export const process = { env: {}, cwd: () => "/" };
