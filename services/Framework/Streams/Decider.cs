using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>How one kind of stream decides and evolves, with its types erased, as the write path uses it.</summary>
public interface IDecider
{
    /// <summary>The streams it is for: the category of their ids.</summary>
    string Category { get; }

    /// <summary>The version of the state's JSON shape. Raise it when the shape or <c>Evolve</c> changes: stored states of another version are folded anew from the log.</summary>
    int StateShape { get; }

    /// <summary>The state of a stream without events.</summary>
    object Initial { get; }

    /// <summary>Decides; pure. A command of another category is refused as <c>wrong_stream</c>, a process's command from anybody else as <c>not_the_process</c>.</summary>
    Decision Decide(object state, ICommand command, CommandContext context);

    /// <summary>Folds one event into the state; pure; throws on an event it does not know.</summary>
    object Evolve(object state, IEvent @event);

    /// <summary>Whether the command may begin a stream; one that may not is for streams that exist.</summary>
    bool Creates(ICommand command);

    string WriteState(object state);

    object ReadState(string json);

    /// <summary><see cref="WriteState"/> in UTF-8, as the write path stores it.</summary>
    ReadOnlyMemory<byte> WriteStateUtf8(object state) => Encoding.UTF8.GetBytes(WriteState(state));

    /// <summary><see cref="ReadState(string)"/> from UTF-8.</summary>
    object ReadState(ReadOnlySpan<byte> utf8) => ReadState(Encoding.UTF8.GetString(utf8));
}

/// <summary>One kind of stream: state, decisions and fold, typed.</summary>
public abstract class Decider<TState, TCommand, TEvent>(string category, int stateShape, TState initial, JsonTypeInfo<TState> json) : IDecider
    where TState : class
    where TCommand : class, ICommand
    where TEvent : class, IEvent
{
    public string Category => category;

    public int StateShape => stateShape;

    object IDecider.Initial => initial;

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
