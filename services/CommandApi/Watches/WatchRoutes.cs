using ServerlessCqrs.CommandApi.Products;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Watches;

/// <summary>The writes of customers, on their watches.</summary>
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
        if (request.Caller.Email is not { } email) return CommandAnswers.Refuse(CustomerRefusals.EmailMissing, "The token has no address that was proven to be the caller's.");
        var address = await personal.SealAsync(customer.Id, email, ct);
        return await commands.AnswerAsync(request, new Write(WatchStreams.IdOf(id, customer.Id), new WatchPrice(id, customer.Id, address), Requires: ProductRequirements.Exists(id)), ct);
    }

    private static Task<CommandAnswer> Unwatch(Guid id, WriteRequest request, CommandSender commands, CancellationToken ct)
    {
        var customer = request.Caller.Actor.Id;
        return commands.AnswerAsync(request, new Write(WatchStreams.IdOf(id, customer), new UnwatchPrice(id, customer)), ct);
    }
}
