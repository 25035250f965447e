import { Component, type ReactNode } from 'react';
import { messages } from '../lib/messages/messages.ts';
import { Button } from './Button.tsx';
import { CodeBox } from './CodeBox.tsx';

interface ErrorBoundaryProps {
  /** A change of it tries again: the route, the worksheet. */
  readonly of: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
  readonly of: string;
}

/** Keeps a failure of one part from taking the page with it. React has no other form for this than a class. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined, of: this.props.of };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    return props.of === state.of ? null : { error: undefined, of: props.of };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { crash, common } = messages();
    return (
      <div className="crash" role="alert">
        <h2>{crash.title}</h2>
        <p className="dim">{crash.body}</p>
        <CodeBox>{error.message}</CodeBox>
        <span className="keys">
          <Button onClick={() => this.setState({ error: undefined })}>{common.retry}</Button>
          <Button onClick={() => location.reload()}>{crash.reload}</Button>
        </span>
      </div>
    );
  }
}
