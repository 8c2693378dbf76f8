using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.CommandApi.Watches;

/// <summary>
/// One-click unsubscribe (RFC 8058): the mail program posts <c>List-Unsubscribe=One-Click</c> to the link in the mail, without cookies or a bearer. The signed token says whose watch it ends; the body says nothing more.
/// </summary>
public static class UnsubscribeRoutes
{
    private const string Done = "You will get no more mail about this product.\n";

    public static IEndpointRouteBuilder MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/unsubscribe/{token}", Unsubscribe)
            .AllowAnonymous()
            .TakesOnly()
            .WithTags("Watches")
            .WithSummary("Stop watching, by a mail's link")
            .WithDescription("The target of List-Unsubscribe (RFC 8058). It can be repeated.")
            .WithAnswerExample(JsonValue.Create(Done).ToJsonString())
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Unsubscribe(string token, IPersonalData personal, CommandSender commands, CancellationToken ct)
    {
        if (await PersonalToken.ReadAsync(personal, WatchTokens.Unsubscribe, token, ct) is not var (customer, product))
            return new Problem(StatusCodes.Status404NotFound, "unsubscribe_link_invalid", "The link is invalid or incomplete.").ToResult();
        var reply = await commands.SendUnseenAsync(
            WatchStreams.IdOf(product, customer),
            new UnwatchPrice(product, customer),
            new Actor(customer, ShopRoles.Customer),
            ct);
        if (reply is Reply.Pending) return TypedResults.Text(Done);
        return new Problem(StatusCodes.Status503ServiceUnavailable, "command_in_doubt", "The request failed. Please try again.").ToResult();
    }
}
