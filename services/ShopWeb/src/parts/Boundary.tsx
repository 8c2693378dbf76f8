import { Component, type ReactNode } from "react";
import { Failure } from "./Failure.tsx";

type Props = { path: string; children: ReactNode };

/** A page that cannot be drawn says so. The bar above it stays, and another path is drawn anew. */
export class Boundary extends Component<Props, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate({ path }: Props) {
    if (path !== this.props.path && this.state.error) this.setState({ error: undefined });
  }

  override render() {
    return this.state.error ? <Failure what="This page" error={this.state.error} onRetry={() => this.setState({ error: undefined })} /> : this.props.children;
  }
}
