using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Accounts.Specs;

public sealed record ToyDocument(
    string? Colour,
    long Version);

/// <summary>A projection that lacks nothing. Those below forget something.</summary>
public class ToyProjection : IProjection<ToyDocument>
{
    public const string Print = "2RXEX-pVW20";

    public virtual string Category => ToyDecider.Category;

    public virtual ShapeVersion Shape => new(1, Print);

    public virtual bool IgnoresOthers => false;

    public JsonTypeInfo<ToyDocument> Json => ToyJson.Default.ToyDocument;

    public virtual ToyDocument? Apply(ToyDocument? document, EventRecord e) => e.Event switch
    {
        ToyPainted painted => new ToyDocument(painted.Colour, e.Version),
        ToyWashed => new ToyDocument(Colour: null, e.Version),
        _ => throw new InvalidOperationException($"{e.Type} cannot happen to a toy."),
    };
}

public class ToyProjectionWithoutWashing : ToyProjection
{
    public override ToyDocument? Apply(ToyDocument? document, EventRecord e) =>
        e.Event is ToyPainted painted ? new ToyDocument(painted.Colour, e.Version) : document;
}

public sealed class ToyProjectionThatIgnoresWashing : ToyProjectionWithoutWashing
{
    public override bool IgnoresOthers => true;
}

public sealed class ToyProjectionOfAnotherStream : ToyProjection
{
    public override string Category => "toi";
}

public sealed class ToyProjectionOfAnOlderShape : ToyProjection
{
    public override ShapeVersion Shape => new(4, "of another document");
}

/// <summary>Lists for the specs.</summary>
public static class ToyLists
{
    /// <summary>No document declares it, unless a spec does.</summary>
    public static DocumentList<ToyDocument> ByColour { get; } = Of("by-colour", "colour");

    public static DocumentList<ToyDocument> Of(string name, string partition, params IReadOnlyList<string> carries) => new(
        name,
        new(partition, toy => toy.Colour),
        new($"{name}-key", toy => toy.Colour),
        carries,
        new SharedPartition("the toys of a colour", "changes", 1));
}
