// A pasted text can be larger than one message of the circuit may be: it is sent as a stream.
export const read = (field) => new Blob([field.value]);
