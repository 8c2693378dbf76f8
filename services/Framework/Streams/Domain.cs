using System.Collections.Frozen;

namespace ServerlessCqrs.Streams;

/// <summary>What a team tells the framework about its domain: kinds of streams, messages, roles, and what the log is searched by.</summary>
public sealed record Domain
{
    private readonly FrozenDictionary<string, IDecider> _byCategory = FrozenDictionary<string, IDecider>.Empty;
    private readonly FrozenDictionary<string, Refusal> _byCode = FrozenDictionary<string, Refusal>.Empty;

    /// <summary>One decider for each category of streams.</summary>
    public required IReadOnlyList<IDecider> Deciders
    {
        get;
        init
        {
            field = value;
            _byCategory = value.ToFrozenDictionary(decider => decider.Category);
        }
    }

    /// <summary>Every command that may be sent, in every version still readable.</summary>
    public required WireContracts Commands { get; init; }

    /// <summary>Every event that may be stored, in every version still readable.</summary>
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

    /// <summary>Every role that a token can give, in the names that the identity provider's groups have.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>
    /// Fields of events by which the log finds streams: texts at the top of their JSON, whatever the event. The log's tables are made with them, so a released field stays, and a new one needs a statement of its own in the log's schema.
    /// </summary>
    public IReadOnlyList<string> IndexedFields { get; init; } = [];

    /// <summary>The decider of a stream, or null when the domain has no streams of its category.</summary>
    public IDecider? DeciderOf(StreamId stream) => _byCategory.GetValueOrDefault(stream.Category);

    /// <summary>The declared refusal with this code, or null where neither the domain nor the framework declares it.</summary>
    public Refusal? RefusalOf(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The same domain with each decider replaced.</summary>
    public Domain WithDeciders(Func<IDecider, IDecider> change) => this with { Deciders = [.. Deciders.Select(change)] };
}
