/** The page's own paths. The edge answers these with index.html; everything else belongs to the API. */
export const routes = {
  catalogue: "/",
  search: "/shop/search",
  product: "/shop/products/:id",
  basket: "/shop/basket",
  orders: "/shop/orders",
  order: "/shop/orders/:id",
  desk: "/shop/desk",
  deskProduct: "/shop/desk/:id",
  signIn: "/shop/sign-in",
  signedIn: "/shop/signed-in",
} as const;

export const productPath = (id: string) => `/shop/products/${id}`;
export const orderPath = (id: string) => `/shop/orders/${id}`;
export const deskPath = (id: string) => `/shop/desk/${id}`;
export const signInPath = (returnTo: string) => `/shop/sign-in?to=${encodeURIComponent(returnTo)}`;
