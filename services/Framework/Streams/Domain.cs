using System.Collections.Frozen;
using System.Reflection;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Describes a team's domain to the framework: categories of streams, messages, roles and searchable fields.
/// </summary>
public sealed record Domain
{
    private readonly FrozenDictionary<string, IDecider> _byCategory = FrozenDictionary<string, IDecider>.Empty;
    private readonly FrozenDictionary<string, Refusal> _byCode = FrozenDictionary<string, Refusal>.Empty;
    private (IReadOnlyList<IDecider>, WireContracts, WireContracts)? _complete;

    /// <summary>One decider per category of streams.</summary>
    public required IReadOnlyList<IDecider> Deciders
    {
        get;
        init
        {
            field = value;
            _byCategory = value.ToFrozenDictionary(decider => decider.Category);
        }
    }

    /// <summary>Every command that can be sent, in every version that must stay readable.</summary>
    public required WireContracts Commands { get; init; }

    /// <summary>Every event that can be stored, in every version that must stay readable.</summary>
    public required WireContracts Events { get; init; }

    /// <summary>Every refusal of the deciders and of the commands' limits. The framework adds <see cref="CommonRefusals"/>.</summary>
    public required IReadOnlyList<Refusal> Refusals
    {
        get;
        init
        {
            field = value;
            _byCode = Refusal.ByCode(CommonRefusals.All.Concat(value));
        }
    }

    /// <summary>Every role that a token can grant, named like the identity provider's groups.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>
    /// The event fields by which the log finds streams. They are texts at the top level of the events' JSON. The log's
    /// tables are created with them. So a released field must stay, and a new one needs its own statement in the log's
    /// schema.
    /// </summary>
    public IReadOnlyList<string> IndexedFields { get; init; } = [];

    /// <summary>Returns the decider of a category, or null if the domain has none.</summary>
    internal IDecider? DeciderOf(string category) => _byCategory.GetValueOrDefault(category);

    /// <summary>Returns the decider of a stream, or null if the domain has no such category.</summary>
    public IDecider? DeciderOf(StreamId stream) =>
        _byCategory.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(stream.CategoryText, out var decider)
            ? decider
            : null;

    /// <summary>
    /// Checks that nothing was forgotten: each command has a contract, a decision and limits, each event a contract and an
    /// evolve, each state the shape of its JSON. The local stack, the deployment and every program outside Lambda do this first.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is missing. The message names each piece and its place.</exception>
    public Domain EnsureComplete()
    {
        if (_complete == (Deciders, Commands, Events)) return this;
        if (DomainCheck.MissingIn(this) is { Count: > 0 } missing)
            throw new InvalidOperationException($"The domain is not complete:\n{string.Join('\n', missing)}");
        _complete = (Deciders, Commands, Events);
        return this;
    }

    /// <summary>Checks that a program with routes sends each command, except those of processes.</summary>
    /// <exception cref="InvalidOperationException">A command has no route. The message names it and its place.</exception>
    public void EnsureSentBy(Assembly program)
    {
        if (DomainCheck.UnsentBy(program, this) is { Count: > 0 } unsent)
            throw new InvalidOperationException($"The routes are not complete:\n{string.Join('\n', unsent)}");
    }

    /// <summary>
    /// Returns the declared refusal with this code, or null if neither the domain nor the framework declares it.
    /// </summary>
    public Refusal? RefusalOf(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>Returns the domain with each decider replaced.</summary>
    public Domain WithDeciders(Func<IDecider, IDecider> change) => this with { Deciders = [.. Deciders.Select(change)] };
}
