import "./styles/index.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { restore } from "./session/session.ts";

// Hints tell when to read again; coming back to the window is one.
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 1_000 } } });

// The tab remembers who is signed in.
restore();

createRoot(document.getElementById("root")!).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
