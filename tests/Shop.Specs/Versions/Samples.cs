using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Versions;

/// <summary>Example messages to test the rules of versions.</summary>
internal static class Samples
{
    public static readonly Upcast FromFirst = new Upcast<PaidV1, PaidV2>(old => new PaidV2(old.Cents, Currency: null));

    public static readonly Upcast FromSecond = new Upcast<PaidV2, Paid>(old => new Paid(new Money(old.Cents / 100m, old.Currency ?? "USD")));

    public static readonly WireContracts Contracts = new(SampleJson.Default, [typeof(PaidV1), typeof(PaidV2), typeof(Paid), typeof(Greeted)], FromFirst, FromSecond);
}

[WireName("Paid", 1)]
internal sealed record PaidV1(int Cents);

[WireName("Paid", 2)]
internal sealed record PaidV2(
    int Cents,
    string? Currency);

[WireName("Paid", 3, EventTags.Document)]
internal sealed record Paid(Money Amount);

[WireName("Greeted", 1)]
internal sealed record Greeted(
    string Who,
    string? How,
    IReadOnlyList<NewGuest> Guests,
    IReadOnlyDictionary<string, string?> Words,
    bool IsLoud = false);

internal sealed record NewGuest(
    Guid Id,
    DateTimeOffset Since);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PaidV1))]
[JsonSerializable(typeof(PaidV2))]
[JsonSerializable(typeof(Paid))]
[JsonSerializable(typeof(Greeted))]
internal sealed partial class SampleJson : JsonSerializerContext;
