import { useEffect, useRef } from "react";
import { Route, Switch, useLocation } from "wouter";
import { Boundary } from "./parts/Boundary.tsx";
import { TopBar } from "./parts/TopBar.tsx";
import { BasketPage } from "./pages/Basket.tsx";
import { CataloguePage } from "./pages/Catalogue.tsx";
import { DeskPage } from "./pages/Desk.tsx";
import { DeskProductPage } from "./pages/DeskProduct.tsx";
import { NotFoundPage } from "./pages/NotFound.tsx";
import { OrderPage } from "./pages/Order.tsx";
import { OrdersPage } from "./pages/Orders.tsx";
import { ProductPage } from "./pages/Product.tsx";
import { SignedInPage } from "./pages/SignedIn.tsx";
import { SignInPage } from "./pages/SignIn.tsx";
import { Drawings } from "./products/Drawings.tsx";
import { routes } from "./routes.ts";

export const App = () => (
  <>
    <a className="skip" href="#main">
      Skip to the content
    </a>
    <Drawings />
    <TopBar />
    <Main />
  </>
);

/** The page of this address. A change of page moves the focus there, as a new document would. */
function Main() {
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  const first = useRef(path);
  useEffect(() => {
    if (first.current === path) return;
    first.current = "";
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <main id="main" ref={main} tabIndex={-1}>
      <Boundary path={path}>
        <Switch>
          <Route path={routes.catalogue}>
            <CataloguePage />
          </Route>
          <Route path={routes.search}>
            <CataloguePage isSearch />
          </Route>
          <Route path={routes.product}>{({ id }) => <ProductPage id={id} key={id} />}</Route>
          <Route path={routes.basket} component={BasketPage} />
          <Route path={routes.orders} component={OrdersPage} />
          <Route path={routes.order}>{({ id }) => <OrderPage id={id} />}</Route>
          <Route path={routes.desk} component={DeskPage} />
          <Route path={routes.deskProduct}>{({ id }) => <DeskProductPage id={id} />}</Route>
          <Route path={routes.signIn} component={SignInPage} />
          <Route path={routes.signedIn} component={SignedInPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Boundary>
    </main>
  );
}
