using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>Decides and evolves one category of streams. The write path uses this untyped form.</summary>
public interface IDecider
{
    /// <summary>The category of the stream ids.</summary>
    string Category { get; }

    /// <summary>
    /// The version of the state's JSON shape. Raise it when the shape or <c>Evolve</c> changes: stored states of
    /// another version are then folded from the log.
    /// </summary>
    int StateShape { get; }

    /// <summary>The state of a stream without events.</summary>
    object Initial { get; }

    /// <summary>
    /// Decides, without side effects. Refuses a command of another category as <c>wrong_stream</c>, and a process's
    /// command from another actor as <c>not_the_process</c>.
    /// </summary>
    Decision Decide(object state, ICommand command, CommandContext context);

    /// <summary>Applies one event to the state, without side effects. Throws on an unknown event.</summary>
    object Evolve(object state, IEvent @event);

    /// <summary>Returns true if the command may start a stream. Other commands need an existing stream.</summary>
    bool Creates(ICommand command);

    string WriteState(object state);

    object ReadState(string json);

    /// <summary>Writes the state as UTF-8, as the write path stores it.</summary>
    ReadOnlyMemory<byte> WriteStateUtf8(object state) => Encoding.UTF8.GetBytes(WriteState(state));

    /// <summary>Reads the state from UTF-8.</summary>
    object ReadState(ReadOnlySpan<byte> utf8) => ReadState(Encoding.UTF8.GetString(utf8));
}

/// <summary>The typed base class of deciders.</summary>
public abstract class Decider<TState, TCommand, TEvent>(
    string category,
    ShapeVersion stateShape,
    TState initial,
    JsonTypeInfo<TState> json) : IDecider, ITypedDecider
    where TState : class
    where TCommand : class, ICommand
    where TEvent : class, IEvent
{
    public string Category => category;

    public int StateShape => stateShape.Number;

    object IDecider.Initial => initial;

    ShapeVersion ITypedDecider.Shape => stateShape;

    JsonTypeInfo ITypedDecider.State => json;

    Type ITypedDecider.Commands => typeof(TCommand);

    Type ITypedDecider.Events => typeof(TEvent);

    MethodBase ITypedDecider.Decides => GetType().GetMethod(nameof(Decide), [typeof(TState), typeof(TCommand), typeof(CommandContext)])!;

    MethodBase ITypedDecider.Evolves => GetType().GetMethod(nameof(Evolve), [typeof(TState), typeof(TEvent)])!;

    Decision IDecider.Decide(object state, ICommand command, CommandContext context)
    {
        if (command is not TCommand own) return Decision.Refuse(CommonRefusals.WrongStream, $"{command.GetType().Name} is not for a stream of category '{category}'.");
        if (command is IProcessCommand && context.By.Role != Actor.Process) return Decision.Refuse(CommonRefusals.NotTheProcess, $"Only a process manager sends {command.GetType().Name}.");
        return own.Check().FirstOrDefault() is { } violation
            ? Decision.Refuse(violation)
            : Decide((TState)state, own, context);
    }

    object IDecider.Evolve(object state, IEvent @event) => Evolve((TState)state, (TEvent)@event);

    public abstract bool Creates(ICommand command);

    string IDecider.WriteState(object state) => PlainJson.Write((TState)state, json);

    ReadOnlyMemory<byte> IDecider.WriteStateUtf8(object state) => PlainJson.WriteUtf8((TState)state, json);

    object IDecider.ReadState(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, json) ?? throw new JsonException("The state is null.");

    object IDecider.ReadState(string text) => JsonSerializer.Deserialize(text, json) ?? throw new JsonException("The state is null.");

    /// <inheritdoc cref="IDecider.Decide"/>
    public abstract Decision Decide(TState state, TCommand command, CommandContext context);

    /// <inheritdoc cref="IDecider.Evolve"/>
    public abstract TState Evolve(TState state, TEvent @event);
}
