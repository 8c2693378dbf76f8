using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>The writes of customers on their watches.</summary>
public static class WatchRoutes
{
    public static IEndpointRouteBuilder MapWatches(this IEndpointRouteBuilder routes)
    {
        var watches = routes.MapGroup("/products/{id:uuid}/watch").WithTags("Watches").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable().RefuseErased();
        watches.MapPut("/", Watch)
            .WithSummary("Watch the product's price")
            .WithDescription("The caller gets a mail at the token's address when the price falls. The address is encrypted with the caller's own key before anything stores it.");
        watches.MapDelete("/", Unwatch)
            .WithSummary("Stop watching")
            .WithDescription("The caller gets no more mails about this product. Without a watch, nothing changes.");
        return routes;
    }

    private static async Task<CommandAnswer> Watch(Guid id, WriteRequest request, CommandSender commands, IPersonalData personal, CancellationToken ct)
    {
        var customer = request.Caller.Actor;
        if (customer.Role != ShopRoles.Customer) return CommandAnswers.Refuse(WatchRefusals.NotACustomer, "Only customers can watch prices.");
        if (request.Caller.Email is not { } email)
            return CommandAnswers.Refuse(CustomerRefusals.EmailMissing, "The token has no verified mail address.");
        var address = await personal.SealAsync(customer.Id, email, ct);
        return await commands.AnswerAsync(request, new Write(WatchStreams.IdOf(id, customer.Id), new WatchPrice(id, customer.Id, address), Requires: ProductRequirements.Exists(id)), ct);
    }

    private static Task<CommandAnswer> Unwatch(Guid id, WriteRequest request, CommandSender commands, CancellationToken ct)
    {
        var customer = request.Caller.Actor.Id;
        return commands.AnswerAsync(request, new Write(WatchStreams.IdOf(id, customer), new UnwatchPrice(id, customer)), ct);
    }
}

/// <summary>
/// One-click unsubscribe (RFC 8058). The mail program posts <c>List-Unsubscribe=One-Click</c> to the link in the mail,
/// without cookies or a bearer token. The signed token in the link names the watch. The body adds nothing.
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
