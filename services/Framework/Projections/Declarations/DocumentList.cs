using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Projections.Declarations;

/// <summary>A text that the store keeps beside a document, for lists and what they show.</summary>
/// <param name="Of">Null: the item does not have the attribute.</param>
public sealed record DocumentAttribute<TDocument>(
    string Name,
    Func<TDocument, string?> Of);

/// <summary>
/// Lists of documents: one index of the read model's table. The partition names the list that a document is in. The key is
/// its place there. A document without one of them is in no list.
/// </summary>
/// <param name="Name">The index's.</param>
/// <param name="Carries">The attributes that a list shows, for example <see cref="Document"/>.</param>
/// <param name="Shared">What shares a partition of the index.</param>
public sealed record DocumentList<TDocument>(
    string Name,
    DocumentAttribute<TDocument> Partition,
    DocumentAttribute<TDocument> Key,
    IReadOnlyList<string> Carries,
    SharedPartition Shared)
{
    /// <summary>The attribute with the whole document.</summary>
    public const string Document = "doc";

    /// <summary>Whether a text could be a key of the list. A cursor with another text is refused.</summary>
    public Func<string, bool> IsKey { get; init; } = TimeKey.IsKey;

    /// <summary>The index, as the table has it.</summary>
    public TableIndex Index => new(Name, new KeyAttribute(Partition.Name), new KeyAttribute(Key.Name), Carries, Shared);
}

/// <summary>A page of a list, and the cursor of the next page; null at the end.</summary>
public sealed record DocumentPage<TDocument>(
    IReadOnlyList<TDocument> Documents,
    string? Next);
