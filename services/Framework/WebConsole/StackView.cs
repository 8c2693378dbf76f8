using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Streams;
using ServerlessCqrs.WebConsole.Flow;
using ServerlessCqrs.WebConsole.Letters;
using ServerlessCqrs.WebConsole.ReadModels;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.WebConsole;

/// <summary>Gives the console the stack that it shows.</summary>
public interface IStackSource
{
    /// <summary>Returns the stack. Opens it again only after it has moved.</summary>
    /// <exception cref="RefusedException">The stack is gone; the message says what to do.</exception>
    ValueTask<StackView> OpenAsync(CancellationToken ct);
}

/// <summary>Everything that the console reads from a stack, and does to it.</summary>
/// <param name="Processes">The stack's processes on this machine; empty for a deployed stack.</param>
public sealed record StackView(
    Domain Domain,
    StackLog Log,
    IStreamTips Tips,
    StreamReader Streams,
    LiveReadModels Models,
    ReadModelLags Lags,
    IQueueDepths Queues,
    ILetterDesk Letters,
    IReadModelDesk ReadModels,
    Func<IReadOnlyList<ProcessState>> Processes);

/// <summary>The parts of the log that the console reads.</summary>
public sealed record StackLog(
    IEventLog Events,
    IEventHistory History,
    IStreamIndex Index,
    IAuditTrail Trail);

/// <summary>A process of a stack on this machine.</summary>
public sealed record ProcessState(
    string Name,
    int Pid,
    bool IsRunning);

/// <summary>The stack refuses an order. The message says why, and what to do.</summary>
public sealed class RefusedException(string message, Exception? inner = null) : Exception(message, inner);
