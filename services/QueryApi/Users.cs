using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>What the shop stores about its caller, for that caller only.</summary>
public static class UserRoutes
{
    private const string Example = """
        {
          "id": "customer-1",
          "status": "registered",
          "email": "ann@example.org",
          "name": "Ann",
          "version": 1,
          "createdAt": "2026-11-01T12:00:00.000Z",
          "updatedAt": "2026-11-01T12:00:00.000Z"
        }
        """;

    private static readonly Problem NotFound = Problem.Of(
        CustomerRefusals.UserNotFound,
        "You are not registered. Register with PUT /users/me.");

    public static IEndpointRouteBuilder MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/users/me", Read)
            .RequireAuthorization(TokenAuthentication.AnyRole)
            .TakesOnly()
            .AnswerWhenAway()
            .WithTags("Users")
            .WithSummary("Read the caller's profile")
            .WithDescription(
                "Computed from the caller's events, so it is never behind. "
                + $"{AnswerHeaders.MayLack}: {AnswerHeaders.NewestCommit} means that the newest commit could not be read.")
            .WithAnswerExample(Example)
            .Produces<ProfileBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Read(HttpContext http, GuardedStreams streams, GuardedPersonalData personal, CancellationToken ct)
    {
        var subject = Caller.Of(http).Actor.Id;
        var (events, mayLackNewest) = await streams.ReadAsync(CustomerStreams.IdOf(subject), HistoryBounds.Everything, ct);
        if (events.Count == 0) return (mayLackNewest ? AwayAnswers.Away : NotFound).ToResult();
        if (mayLackNewest) http.Response.Headers[AnswerHeaders.MayLack] = AnswerHeaders.NewestCommit;
        var profile = Profile.Of(events);
        var body = new ProfileBody(
            subject,
            profile.IsDeactivated ? "deactivated" : "registered",
            await personal.OpenAsync(profile.Email, ct),
            await personal.OpenAsync(profile.Name, ct),
            events[^1].Version,
            CreatedAt: events[0].At,
            UpdatedAt: events[^1].At);
        return TypedResults.Json(body, QueryApiJson.Plain.ProfileBody);
    }
}

/// <summary>
/// A customer, folded from their events. Personal data stays sealed. There is no read model of customers, because each
/// reads only their own few events.
/// </summary>
internal sealed record Profile(
    bool IsDeactivated,
    Sealed? Email,
    Sealed? Name)
{
    public static Profile Of(IEnumerable<EventRecord> events) => events.Aggregate(new Profile(IsDeactivated: false, Email: null, Name: null), (profile, e) => e.Event switch
    {
        UserRegistered registered => profile with { Email = registered.Email, Name = registered.Name },
        UserEmailChanged changed => profile with { Email = changed.Email },
        UserNameChanged changed => profile with { Name = changed.Name },
        UserDeactivated => profile with { IsDeactivated = true },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to a customer."),
    });
}

/// <summary>What the shop stores about its caller.</summary>
/// <param name="Status"><c>registered</c>, or <c>deactivated</c>: no mails and no orders, permanently.</param>
/// <param name="Email">The address for mails. Missing if none was registered, or after the customer was erased.</param>
/// <param name="Name">The name that mails use. Missing if there is none, or after the customer was erased.</param>
public sealed record ProfileBody(
    string Id,
    string Status,
    string? Email,
    string? Name,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
