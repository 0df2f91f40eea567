// In the place of archiver, which takes long to load.
export default undefined;
