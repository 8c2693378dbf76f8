using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Reviews;

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
