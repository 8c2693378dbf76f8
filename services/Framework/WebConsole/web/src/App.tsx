import { Route, Switch } from "wouter";
import { FlowPage } from "./flow/FlowPage.tsx";
import { LettersPage } from "./letters/LettersPage.tsx";
import { LiveProvider } from "./live.tsx";
import { ModelsPage } from "./models/ModelsPage.tsx";
import { Boundary } from "./parts/Boundary.tsx";
import { Bar } from "./parts/Bar.tsx";
import { Failure } from "./parts/Failure.tsx";
import { StreamPage } from "./stream/StreamPage.tsx";

export function App() {
  return (
    <LiveProvider failed={error => <main id="main"><h1>Console</h1><Failure error={error} /></main>}>
      <a className="skip" href="#main">Skip to the content</a>
      <Bar />
      <main id="main" tabIndex={-1}>
        <Boundary><Switch>
          <Route path="/"><FlowPage /></Route>
          <Route path="/stream/:id?/:version?">{({ id, version }) => <StreamPage key={id} id={id && decodeURIComponent(id)} version={version ? Number(version) : undefined} />}</Route>
          <Route path="/deadletters"><LettersPage /></Route>
          <Route path="/readmodels"><ModelsPage /></Route>
          <Route><h1>There is no such page</h1><p>Choose one of the pages above.</p></Route>
        </Switch></Boundary>
      </main>
    </LiveProvider>
  );
}
