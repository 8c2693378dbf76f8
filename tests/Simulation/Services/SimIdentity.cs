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

/// <summary>A token and its actor.</summary>
/// <param name="Ends">The time of its expiry, or null if it was never valid.</param>
public sealed record SimToken(
    string Text,
    Actor Actor,
    DateTimeOffset? Ends);

/// <summary>The issuer of tokens, which are really signed and expire after minutes.</summary>
public static class SimIdentity
{
    public const string Issuer = "https://identity.example.com";

    public const string Audience = "shop";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private static readonly Actor Forger = new("forger", ShopRoles.Customer);

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "first" };

    // A signature takes a millisecond. All worlds start at the same time, so that they share a few tokens.
    private static readonly ConcurrentDictionary<(Actor Actor, DateTimeOffset Ends), SimToken> Issued = [];

    private static readonly ConcurrentDictionary<(Actor Actor, DateTimeOffset Ends, string Oddity), SimToken> Odds = [];

    /// <summary>The issuer's discovery document.</summary>
    public static IConfigurationManager<OpenIdConnectConfiguration> Discovery { get; } = new StaticConfigurationManager<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration
    {
        Issuer = Issuer,
        SigningKeys = { Key },
    });

    /// <summary>Returns a token that was issued around that time, valid for one to two lifetimes.</summary>
    public static SimToken Issue(Actor actor, DateTimeOffset then)
    {
        var ends = Simulator.Start + (Life * (Math.Floor((then - Simulator.Start) / Life) + 2));
        return Issued.GetOrAdd((actor, ends), _ => new SimToken(Sign(actor, ends), actor, ends));
    }

    /// <summary>Returns a token of <paramref name="actor"/> with another issuer's signature.</summary>
    public static SimToken Forge(Actor actor, DateTimeOffset now)
    {
        var (real, own) = (Issue(actor, now).Text, Issue(Forger, now).Text);
        return new SimToken($"{real[..real.LastIndexOf('.')]}{own[own.LastIndexOf('.')..]}", actor, Ends: null);
    }

    /// <summary>Returns a token of another app of the same issuer, which names our client.</summary>
    public static SimToken OfAnotherApp(Actor actor, DateTimeOffset now) => Odd(actor, now, ("aud", "another-shop"), ("client_id", Audience));

    /// <summary>Returns an id token, which identifies a user to an app and is not for APIs.</summary>
    public static SimToken Id(Actor actor, DateTimeOffset now) => Odd(actor, now, ("token_use", "id"));

    private static SimToken Odd(Actor actor, DateTimeOffset now, params (string Name, string Value)[] claims) =>
        Odds.GetOrAdd((actor, Issue(actor, now).Ends!.Value, claims[0].Value), key => new SimToken(Sign(actor, key.Ends, claims), actor, Ends: null));

    /// <summary>Returns the address in a customer's token.</summary>
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
        // Customers have tokens like Cognito's, with a client and no audience. Others have tokens like other issuers'.
        claims[actor.Role == ShopRoles.Customer ? "client_id" : "aud"] = Audience;
        foreach (var (name, value) in odd) claims[name] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(JsonSerializer.Serialize(claims), new SigningCredentials(Key, SecurityAlgorithms.RsaSha256));
    }
}
