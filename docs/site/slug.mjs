// SPDX-License-Identifier: Apache-2.0
// The anchor of a heading, as GitHub makes it: links lead to the same place here and there.
export const slug = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')
