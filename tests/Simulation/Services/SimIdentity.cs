using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>A token, and whom it names.</summary>
/// <param name="Ends">When it expires; null where it never was good.</param>
public sealed record SimToken(
    string Text,
    Actor Actor,
    DateTimeOffset? Ends);

/// <summary>The issuer of tokens. They are really signed, and live for minutes.</summary>
public static class SimIdentity
{
    public const string Issuer = "https://identity.example.com";

    public const string Audience = "shop";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private static readonly Actor Forger = new("forger", ShopRoles.Customer);

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "first" };

    // A signature takes a millisecond; all worlds begin at the same time, so that few tokens do for all of them.
    private static readonly ConcurrentDictionary<(Actor Actor, DateTimeOffset Ends), SimToken> Issued = [];

    private static readonly ConcurrentDictionary<(Actor Actor, DateTimeOffset Ends, string Oddity), SimToken> Odds = [];

    /// <summary>What the issuer's discovery document says.</summary>
    public static IConfigurationManager<OpenIdConnectConfiguration> Discovery { get; } = new StaticConfigurationManager<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration
    {
        Issuer = Issuer,
        SigningKeys = { Key },
    });

    /// <summary>A token as it was issued then, good for one to two lives.</summary>
    public static SimToken Issue(Actor actor, DateTimeOffset then)
    {
        var ends = Simulator.Start + (Life * (Math.Floor((then - Simulator.Start) / Life) + 2));
        return Issued.GetOrAdd((actor, ends), _ => new SimToken(Sign(actor, ends), actor, ends));
    }

    /// <summary>One that says what a token of <paramref name="actor"/> says, under the signature of another.</summary>
    public static SimToken Forge(Actor actor, DateTimeOffset now)
    {
        var (real, own) = (Issue(actor, now).Text, Issue(Forger, now).Text);
        return new SimToken($"{real[..real.LastIndexOf('.')]}{own[own.LastIndexOf('.')..]}", actor, Ends: null);
    }

    /// <summary>One of another app of the same issuer, which names ours as its client.</summary>
    public static SimToken OfAnotherApp(Actor actor, DateTimeOffset now) => Odd(actor, now, ("aud", "another-shop"), ("client_id", Audience));

    /// <summary>One that tells an app who its user is, and is not for APIs.</summary>
    public static SimToken Id(Actor actor, DateTimeOffset now) => Odd(actor, now, ("token_use", "id"));

    private static SimToken Odd(Actor actor, DateTimeOffset now, params (string Name, string Value)[] claims) =>
        Odds.GetOrAdd((actor, Issue(actor, now).Ends!.Value, claims[0].Value), key => new SimToken(Sign(actor, key.Ends, claims), actor, Ends: null));

    /// <summary>The address that the token of a customer has.</summary>
    public static string EmailOf(Actor actor) => string.Create(CultureInfo.InvariantCulture, $"{Mix.Of(actor.Id):x16}@example.com");

    private static string Sign(Actor actor, DateTimeOffset ends, params (string Name, string Value)[] odd)
    {
        Dictionary<string, object> claims = new()
        {
            ["iss"] = Issuer,
            ["sub"] = actor.Id,
            ["email"] = EmailOf(actor),
            ["cognito:groups"] = new[] { actor.Role },
            ["token_use"] = "access",
            ["exp"] = ends.ToUnixTimeSeconds(),
        };
        // Customers have tokens as Cognito's, which have a client and no audience; others as other issuers'.
        claims[actor.Role == ShopRoles.Customer ? "client_id" : "aud"] = Audience;
        foreach (var (name, value) in odd) claims[name] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(JsonSerializer.Serialize(claims), new SigningCredentials(Key, SecurityAlgorithms.RsaSha256));
    }
}
