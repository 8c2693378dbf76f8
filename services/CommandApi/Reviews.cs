using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>
/// The writes of customers about what they bought, and of the sellers and operators who approve or reject them.
/// </summary>
public static class ReviewRoutes
{
    public static IEndpointRouteBuilder MapReviews(this IEndpointRouteBuilder routes)
    {
        var written = routes.MapGroup("/products/{id:uuid}/reviews").WithTags("Reviews").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable().RefuseErased();
        written.MapPost("/", Submit)
            .WithSummary("Review a product")
            .WithDescription("A customer with a confirmed order of the product can review it once. The text is encrypted with the customer's own key. Nobody sees the review until the product's seller or an operator approves it. The answer's stream is review-{id}.")
            .WithBodyExample("""{"stars": 5, "title": "Loud", "text": "And light. I wear them all day."}""");

        var judged = routes.MapGroup("/reviews/{id:uuid}").WithTags("Reviews").RequireAuthorization(TokenAuthentication.AnyRole).RefuseUnknownParameters().RefuseUnreadable();
        judged.MapPost("/approval", Approve)
            .WithSummary("Approve a review")
            .WithDescription("For the product's seller or an operator. Final. The review's stars count from then on, and its author gets a mail.");
        judged.MapPost("/rejection", Reject)
            .WithSummary("Reject a review")
            .WithDescription("For the product's seller or an operator. Final.")
            .WithBodyExample("""{"reason": "It is about another product."}""");
        return routes;
    }

    private static async Task<CommandAnswer> Submit(Guid id, WriteRequest<ReviewBody> request, CommandSender commands, IPersonalData personal, CancellationToken ct)
    {
        var (customer, review) = (request.Head.Caller.Actor, request.Body);
        if (customer.Role != ShopRoles.Customer) return CommandAnswers.Refuse(ReviewRefusals.NotACustomer, "Only customers can write reviews.");
        if (ReviewLimits.Check(review.Stars, review.Title, review.Text).ToArray() is { Length: > 0 } violations) return CommandAnswers.Refuse(Problem.Of(violations));
        var (title, text) = (await personal.SealAsync(customer.Id, review.Title, ct), await personal.SealAsync(customer.Id, review.Text, ct));
        return await commands.AnswerAsync(
            request.Head,
            new Write(
                ReviewStreams.IdOf(id, customer.Id),
                new SubmitReview(id, customer.Id, review.Stars, title, text),
                ResourceOf(ReviewStreams.ReviewOf(id, customer.Id)),
                Requires: ProductRequirements.Exists(id)),
            ct);
    }

    private static Task<CommandAnswer> Approve(Guid id, WriteRequest request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request, new Write(ReviewStreams.IdOf(id), new ApproveReview(), ResourceOf(id)), ct);

    private static Task<CommandAnswer> Reject(Guid id, WriteRequest<RejectionBody> request, CommandSender commands, CancellationToken ct) =>
        commands.AnswerAsync(request.Head, new Write(ReviewStreams.IdOf(id), new RejectReview(request.Body.Reason), ResourceOf(id)), ct);

    /// <summary>No route reads a single review.</summary>
    private static Resource ResourceOf(Guid id) => new($"{id:D}");
}

/// <summary>Body of <c>POST /products/{id}/reviews</c>.</summary>
/// <param name="Stars">1 to 5.</param>
/// <param name="Title">One line of 1 to 100 characters.</param>
/// <param name="Text">1 to 2,000 characters.</param>
public sealed record ReviewBody(
    int Stars,
    string Title,
    string Text) : IJsonBody<ReviewBody>
{
    public static JsonTypeInfo<ReviewBody> Json => RequestJson.Default.ReviewBody;
}
