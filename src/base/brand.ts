declare const brand: unique symbol;

/** A `T` that was made in one known place: a plain `T` is not assignable to it. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
