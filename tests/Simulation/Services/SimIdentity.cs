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

    private static readonly Actor Forger = new("forger", Actor.Customer);

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "first" };

    // A signature takes a millisecond; all worlds begin at the same time, so that few tokens do for all of them.
    private static readonly ConcurrentDictionary<(Actor Actor, DateTimeOffset Ends), SimToken> Issued = [];

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

    /// <summary>The address that the token of a customer has.</summary>
    public static string EmailOf(Actor actor) => string.Create(CultureInfo.InvariantCulture, $"{actor.Id}@example.com");

    private static string Sign(Actor actor, DateTimeOffset ends) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["sub"] = actor.Id,
            ["aud"] = Audience,
            ["email"] = EmailOf(actor),
            ["cognito:groups"] = new[] { actor.Role },
            ["exp"] = ends.ToUnixTimeSeconds(),
        }),
        new SigningCredentials(Key, SecurityAlgorithms.RsaSha256));
}
