import "./styles/index.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { restore } from "./session/session.ts";

// Hints tell when to read again; coming back to the window is one.
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 1_000 } } });

// Without the identity provider, the shop still shows itself to everybody.
await restore().catch(() => undefined);

createRoot(document.getElementById("root")!).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
