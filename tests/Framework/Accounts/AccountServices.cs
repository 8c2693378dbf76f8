using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts;

/// <summary>The bank's two HTTP services.</summary>
internal static class AccountServices
{
    public static async Task<int> RunCommandApiAsync(string[] args)
    {
        var builder = Builder(args);
        builder.Services.AddCommandStream(builder.Configuration, AccountDomain.Instance);
        await using var app = Build(builder);

        app.MapPut("/accounts/{account:guid}", (Guid account, ClaimsPrincipal user, ICommandStream stream, CancellationToken ct) =>
            SendAsync(account, new OpenAccount(), user, stream, ct));
        app.MapPost("/accounts/{account:guid}/deposits", (Guid account, Deposit deposit, ClaimsPrincipal user, ICommandStream stream, CancellationToken ct) =>
            SendAsync(account, deposit, user, stream, ct));
        app.MapPost("/accounts/{account:guid}/withdrawals", (Guid account, Withdraw withdraw, ClaimsPrincipal user, ICommandStream stream, CancellationToken ct) =>
            SendAsync(account, withdraw, user, stream, ct));

        await app.RunAsync();
        return Environment.ExitCode;
    }

    public static async Task<int> RunQueryApiAsync(string[] args)
    {
        var builder = Builder(args);
        builder.Services.AddEventStore(builder.Configuration, AccountDomain.Instance);
        builder.Services.AddSingleton(all => new OutcomeReader(all.GetRequiredService<IStreamTips>(), all.GetRequiredService<IEventLog>()));
        builder.Services.AddProjections(builder.Configuration, AccountViews.All);
        builder.Services.AddSingleton(all => all.GetRequiredService<ReadModelStores>().QueriesOf(AccountViews.Accounts));
        await using var app = Build(builder);

        app.MapGet("/accounts/{account:guid}", async (Guid account, ClaimsPrincipal user, IDocuments<AccountDocument> accounts, CancellationToken ct) =>
            await accounts.DocumentAsync(Account.IdOf(account), ct) is { } document && document.Owner == SubjectOf(user)
                ? Results.Json(document, AccountJson.Default.AccountDocument)
                : Results.NotFound());
        app.MapGet("/commands/account-{account:guid}/{command:guid}", async (Guid account, Guid command, OutcomeReader outcomes, CancellationToken ct) =>
            await outcomes.FindAsync(Account.IdOf(account), command, ct) is { } outcome
                ? Results.Ok(new { status = outcome.Status, outcome.Version, outcome.Code, outcome.Reason })
                : Results.NotFound());

        await app.RunAsync();
        return Environment.ExitCode;
    }

    private static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddLambdaHosting();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = builder.Configuration.Required("TOKEN_ISSUER");
            options.Audience = builder.Configuration.Required("TOKEN_AUDIENCE");
            options.RequireHttpsMetadata = options.Authority.StartsWith("https:", StringComparison.Ordinal);
            options.MapInboundClaims = false;
        });
        builder.Services.AddAuthorizationBuilder().AddFallbackPolicy("holder", policy => policy.RequireAuthenticatedUser());
        return builder;
    }

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    private static async Task<IResult> SendAsync(Guid account, IAccountCommand command, ClaimsPrincipal user, ICommandStream stream, CancellationToken ct)
    {
        var record = new CommandRecord(
            Guid.CreateVersion7(),
            KeyId: null,
            Account.IdOf(account),
            command,
            new Actor(SubjectOf(user), AccountDomain.Holder),
            TimeProvider.System.GetUtcMilliseconds());
        await stream.PutAsync(record, ct);
        return Results.Accepted($"/commands/{record.Stream}/{record.CommandId}");
    }

    private static string SubjectOf(ClaimsPrincipal user) => user.FindFirst("sub")!.Value;
}
