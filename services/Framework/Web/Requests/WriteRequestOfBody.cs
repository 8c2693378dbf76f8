using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ServerlessCqrs.Web.Requests;

/// <summary>A write with a JSON body.</summary>
/// <param name="Head">The caller and the headers.</param>
public sealed record WriteRequest<TBody>(
    WriteRequest Head,
    TBody Body) : IUnreadable, IEndpointParameterMetadataProvider
    where TBody : class, IJsonBody<TBody>
{
    public Problem? Problem { get; private init; }

#pragma warning disable CA1000 // ASP.NET calls these two; nobody names the type to do so.
    /// <inheritdoc cref="WriteRequest.BindAsync"/>
    public static async ValueTask<WriteRequest<TBody>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var (bytes, problem) = await RequestBody.ReadAsync(http.Request, TBody.ContentTypes, http.RequestAborted);
        var head = WriteRequest.Read(http, bytes);
        TBody? body = null;
        problem ??= head.Problem ?? StrictJson.Read(bytes, TBody.Json, out body);
        return new WriteRequest<TBody>(head, body!) { Problem = problem };
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([.. TBody.ContentTypes], typeof(TBody)));
#pragma warning restore CA1000
}
