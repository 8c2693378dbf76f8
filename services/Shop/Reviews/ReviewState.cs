using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>What decisions about a review need to know.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unwritten), "unwritten")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
public abstract record ReviewState
{
    private ReviewState()
    {
    }

    /// <summary>Nothing was written yet.</summary>
    /// <param name="Seller">Whose product it is; null before the first purchase.</param>
    /// <param name="Bought">The orders that give the right to write, sorted.</param>
    /// <param name="Withdrawn">The orders that were cancelled, whether their purchase had been told or not, sorted.</param>
    public sealed record Unwritten(
        string? Seller,
        IReadOnlyList<Guid> Bought,
        IReadOnlyList<Guid> Withdrawn) : ReviewState;

    /// <summary>A review that there is.</summary>
    /// <param name="Seller">Who decides on it, besides operators.</param>
    /// <param name="Content">Fingerprint of stars and words: tells a review that comes again from another one.</param>
    public abstract record Written(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content) : ReviewState;

    /// <summary>It waits for a decision.</summary>
    public sealed record Submitted(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content,
        int Stars) : Written(ProductId, Customer, Seller, Content);

    /// <summary>It is shown.</summary>
    public sealed record Approved(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content) : Written(ProductId, Customer, Seller, Content);

    /// <summary>It is not shown.</summary>
    public sealed record Rejected(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content) : Written(ProductId, Customer, Seller, Content);

    internal static string FingerprintOf(int stars, Sealed title, Sealed text) => Fingerprint.Of(stars.ToString(CultureInfo.InvariantCulture), title.Text, text.Text);
}
