using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using ServerlessCqrs.QueryApi.Browse;
using ServerlessCqrs.QueryApi.Commands;
using ServerlessCqrs.QueryApi.Health;
using ServerlessCqrs.QueryApi.History;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi;

/// <summary>How answers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProductDocument))]
[JsonSerializable(typeof(ProductListBody))]
[JsonSerializable(typeof(CommandStatusBody))]
[JsonSerializable(typeof(HistoryBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(SyncLagBody))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Violation[]))]
internal sealed partial class QueryApiJson : JsonSerializerContext;
